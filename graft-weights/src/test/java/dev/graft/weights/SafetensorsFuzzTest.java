package dev.graft.weights;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.graft.error.WeightsFileException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes at all are read or refused. A normal build replays the checked-in files; to search for new inputs set
 * {@code JAZZER_FUZZ=1} in the environment and pass {@code -Dfuzz.instrument=true}.
 */
class SafetensorsFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of("safetensors", "crashers")
                .flatMap(folder -> Fixtures.files(folder).stream())
                .map(Fixtures::bytes);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    @SuppressWarnings({"EmptyCatch", "UnusedVariable"})
    void anyBytesAreReadOrRefused(byte[] content) {
        try {
            SafetensorsFile.parse(content, "fuzzed").readAll(NonFinite.ALLOW);
        } catch (WeightsFileException refused) {
            // the only thing that may be thrown
        }
    }
}
