package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.GraftException;
import dev.graft.error.SettingsException;
import dev.graft.error.WeightsFileException;
import dev.graft.result.EpochResult;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {
    private static final Map<String, String> RUN =
            Map.of("training data", "aa11", "classes", "[square, circle]", "settings", "epochs 3");

    @TempDir
    private Path folder = Path.of("");

    private final List<String> warnings = new ArrayList<>();
    private final TrainingListener listener = new TrainingListener() {
        @Override
        public void warning(String message) {
            warnings.add(message);
        }
    };

    @Test
    void everythingThatWasSavedComesBack() {
        RunState saved = state(7);
        checkpoints().save(saved);

        RunState loaded = checkpoints().load(listener);

        assertSame(loaded, saved);
        assertThat(warnings).isEmpty();
    }

    @Test
    void theStartOfAPhaseComesBackWithoutAnOptimizerAndWithoutABest() {
        RunState saved = new RunState(weights(1));
        saved.history.add(new EpochResult(1, "head", 0.5, 0.75, Double.NaN, Double.NaN));
        checkpoints().save(saved);

        RunState loaded = checkpoints().load(listener);

        assertSame(loaded, saved);
        assertThat(loaded.bestLoss).isInfinite();
    }

    @Test
    void theNewestIsLoadedAndOnlyTheOneBeforeItIsKept() throws IOException {
        for (int step = 1; step <= 4; step++) {
            checkpoints().save(state(step));
        }

        assertThat(checkpoints().load(listener).step).isEqualTo(4);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("last", "previous");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "weights.safetensors, 0",
        "weights.safetensors, 40",
        "optimizer.safetensors, 40",
        "best.safetensors, 40",
        "state.json, 0",
        "state.json, 60",
        "state.sha256, 20"
    })
    void aTruncatedFileFallsBackToTheOneBeforeItWithAWarning(String name, long bytes) throws IOException {
        checkpoints().save(state(1));
        checkpoints().save(state(2));
        truncate(folder.resolve("last").resolve(name), bytes);

        RunState loaded = checkpoints().load(listener);

        assertSame(loaded, state(1));
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(folder.resolve("last").toString(), name, "incomplete", "the one before it");
    }

    @Test
    void aMissingFileFallsBackToTheOneBeforeIt() throws IOException {
        checkpoints().save(state(1));
        checkpoints().save(state(2));
        Files.delete(folder.resolve("last/optimizer.safetensors"));

        assertThat(checkpoints().load(listener).step).isEqualTo(1);
        assertThat(warnings).hasSize(1);
    }

    @Test
    void ifAllAreIncompleteTheRunIsRefusedAndEachIsNamed() throws IOException {
        checkpoints().save(state(1));
        checkpoints().save(state(2));
        truncate(folder.resolve("last/weights.safetensors"), 10);
        truncate(folder.resolve("previous/state.json"), 10);

        assertThatThrownBy(() -> checkpoints().load(listener))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("Every checkpoint is incomplete")
                .hasMessageContaining(folder.resolve("last").toString())
                .hasMessageContaining(folder.resolve("previous").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"weights.safetensors", "optimizer.safetensors", "best.safetensors"})
    void aChangedFileIsRefusedWithBothDigests(String name) throws IOException {
        checkpoints().save(state(1));
        checkpoints().save(state(2));
        Path file = folder.resolve("last").resolve(name);
        byte[] content = Files.readAllBytes(file);
        content[content.length - 1] ^= 1;
        Files.write(file, content);

        assertThatThrownBy(() -> checkpoints().load(listener))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("changed after it was written")
                .hasMessageContaining("SHA-256");
    }

    @Test
    void changedNumbersAreRefused() throws IOException {
        checkpoints().save(state(1));
        Path file = folder.resolve("last/state.json");
        Files.writeString(file, Files.readString(file).replace("\"step\" : 1", "\"step\" : 3"));

        assertThatThrownBy(() -> checkpoints().load(listener))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("state.json")
                .hasMessageContaining("changed after it was written");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"fingerprint\" ; \"finger\"",
                "\"aa11\" ; null",
                "\"history\" : [ ; \"history\" : [ null, ",
                "\"history\" ; \"past\"",
                "\"files\" ; \"fils\"",
                "\"weights.safetensors\" ; \"../weights.safetensors\"",
                "\"bytes\" : ; \"bytes\" : -1"
            })
    void aStateThatDoesNotSayWhereTheRunStandsIsRefused(String part, String other) throws Exception {
        checkpoints().save(state(1));
        Path file = folder.resolve("last/state.json");
        String before = Files.readString(file);
        String after = before.replace(part, other);
        Files.writeString(file, after);
        Files.writeString(
                folder.resolve("last/state.sha256"),
                HexFormat.of()
                        .formatHex(
                                MessageDigest.getInstance("SHA-256").digest(after.getBytes(StandardCharsets.UTF_8))));

        assertThat(after).isNotEqualTo(before);
        assertThatThrownBy(() -> checkpoints().load(listener))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("state.json");
    }

    @Test
    void aNewerFormatIsRefusedAndNamedWhateverItHolds() throws IOException {
        checkpoints().save(state(1));
        Files.writeString(folder.resolve("last/state.json"), "{\"format\": 99, \"futurePart\": [1]}");

        assertThatThrownBy(() -> checkpoints().load(listener))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("newer version")
                .hasMessageContaining("format 99")
                .hasMessageContaining("format " + Checkpoints.FORMAT);
    }

    @ParameterizedTest
    @CsvSource({
        "training data, bb22, 'training data: aa11 then, bb22 now'",
        "classes, '[cat, dog]', 'classes: [square, circle] then, [cat, dog] now'",
        "settings, epochs 5, 'settings: epochs 3 then, epochs 5 now'",
        "augmentation, flip, 'augmentation: nothing then, flip now'"
    })
    void anotherRunIsRefusedAndTheDifferenceShown(String what, String now, String shown) {
        checkpoints().save(state(1));
        Map<String, String> other = new HashMap<>(RUN);
        other.put(what, now);

        assertThatThrownBy(() -> new Checkpoints(folder, 0, other).load(listener))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("belongs to another run")
                .hasMessageContaining(shown)
                .hasMessageNotContaining(what.equals("classes") ? "aa11" : "square");
    }

    @Test
    void nothingToResumeFromSaysSo() {
        assertThatThrownBy(() -> checkpoints().load(listener))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("no checkpoint to resume from")
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("without resuming");
        assertThat(checkpoints().exist()).isFalse();
    }

    @Test
    void aCrashBetweenTheTwoRenamesLosesNothing() throws IOException {
        checkpoints().save(state(1));
        checkpoints().save(state(2));
        Files.move(folder.resolve("last"), folder.resolve("next"));

        assertThat(checkpoints().load(listener).step).isEqualTo(2);

        checkpoints().save(state(3));
        assertThat(checkpoints().load(listener).step).isEqualTo(3);
        assertThat(warnings).isEmpty();
    }

    @Test
    void savingFailsWithoutTouchingTheLastCheckpointWhenThereIsNoRoom() throws IOException {
        checkpoints().save(state(1));
        Files.writeString(folder.resolve("next"), "a file in the way");

        assertThatThrownBy(() -> checkpoints().save(state(2))).isInstanceOf(GraftException.class);

        Files.delete(folder.resolve("next"));
        assertThat(checkpoints().load(listener).step).isEqualTo(1);
    }

    @Test
    void checkpointsAreDueEverySoManySteps() {
        Checkpoints everyThree = new Checkpoints(folder, 3, RUN);

        assertThat(Stream.iterate(1L, step -> step + 1).limit(9).filter(everyThree::dueAt))
                .containsExactly(3L, 6L, 9L);
        assertThat(checkpoints().dueAt(10)).isFalse();
    }

    private static void assertSame(RunState found, RunState expected) {
        assertThat(found)
                .usingRecursiveComparison()
                .usingOverriddenEquals()
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(expected);
    }

    private Checkpoints checkpoints() {
        return new Checkpoints(folder, 0, RUN);
    }

    private static RunState state(int step) {
        RunState state = new RunState(weights(step));
        state.optimizer = weights(step + 0.5f);
        state.optimizerSteps = 12;
        state.phase = 1;
        state.epoch = 2;
        state.step = step;
        state.lossSum = 0.1 + 0.2;
        state.score = 5;
        state.seen = 8;
        state.history.add(new EpochResult(1, "head", 1.0 / 3, 0.5, 0.7, 0.25));
        state.history.add(new EpochResult(2, "rest", Math.PI, 0.5, Double.NaN, Double.NaN));
        state.bestLoss = 2.0 / 3;
        state.bestWeights = weights(step + 0.25f);
        state.epochsWithoutBetter = 1;
        return state;
    }

    private static WeightSet weights(float value) {
        return WeightSet.of(Map.of("a.weight", FloatTensor.of(new float[] {value, -0f, Float.MIN_VALUE}, 1, 3)));
    }

    private static void truncate(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }
}
