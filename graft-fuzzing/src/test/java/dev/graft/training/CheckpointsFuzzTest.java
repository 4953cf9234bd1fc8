package dev.graft.training;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.graft.fuzzing.Hostile;
import dev.graft.fuzzing.Scratch;
import dev.graft.result.EpochResult;
import dev.graft.storage.FileRecord;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointsFuzzTest {
    private static final Map<String, String> RUN = Map.of("training data", "aa11", "settings", "epochs 3");
    private static final Path FOLDER = written();

    static Stream<byte[]> stateSeeds() throws IOException {
        return Stream.of(Files.readAllBytes(FOLDER.resolve("last").resolve("state.json")));
    }

    /** The digest of the state, which lies beside it, is made to fit. */
    @MethodSource("stateSeeds")
    @FuzzTest
    void state(byte[] content) throws IOException {
        Path last = FOLDER.resolve("last");
        Scratch.file(last.resolve("state.json").toString(), content);
        Scratch.file(
                last.resolve("state.sha256").toString(),
                FileRecord.of(content).sha256().getBytes(StandardCharsets.UTF_8));
        Hostile.readOrRefuse(content.length, () -> new Checkpoints(FOLDER, 0, RUN).load(new TrainingListener() {}));
    }

    private static Path written() {
        try {
            Path folder = Scratch.directory("run", Map.of());
            RunState state = new RunState(WeightSet.of(Map.of("head.weight", FloatTensor.of(new float[] {1, 2}, 2))));
            state.history.add(new EpochResult(1, "head", 0.5, 0.75, 0.25, 0.5));
            new Checkpoints(folder, 0, RUN).save(state);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
