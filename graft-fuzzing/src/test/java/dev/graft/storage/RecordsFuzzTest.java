package dev.graft.storage;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.graft.fuzzing.Hostile;
import dev.graft.fuzzing.Scratch;
import dev.graft.fuzzing.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The record of what Graft wrote into a directory. */
class RecordsFuzzTest {
    static Stream<byte[]> recordSeeds() {
        return Seeds.texts(
                """
                {"format": 1, "kind": "RUN", "complete": false, "pending": ["report.html"], "files": {"metrics.json":
                {"bytes": 2, "sha256": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"}}}
                """,
                "{\"format\": 99}",
                "{\"format\": 1, \"kind\": null, \"files\": {\"../x\": null}, \"pending\": [null]}");
    }

    @MethodSource("recordSeeds")
    @FuzzTest
    void record(byte[] content) throws IOException {
        Path file = Scratch.file("recorded/graft.json", content);
        Hostile.readOrRefuse(content.length, () -> Manifest.read(file.resolveSibling("")));
    }
}
