package dev.graft.weights;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.graft.error.WeightsFileException;

/**
 * Any bytes at all are read or refused. A normal build replays the checked-in inputs; with {@code JAZZER_FUZZ=1} in the
 * environment the fuzzer searches for new ones.
 */
class SafetensorsFuzzTest {
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
