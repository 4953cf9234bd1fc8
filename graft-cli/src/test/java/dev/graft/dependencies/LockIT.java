package dev.graft.dependencies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** After packaging, since it looks at what was packaged; on the platform whose native libraries the lock holds. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class LockIT {
    @Test
    void theCommandBringsExactlyTheLibrariesOfTheLock() throws IOException {
        List<LockedLibrary> built = Lock.built();
        if (Boolean.getBoolean("graft.lock.write")) {
            Files.write(
                    Lock.FILE,
                    Stream.concat(Stream.of(HEADER), built.stream().map(LockedLibrary::toString))
                            .toList());
        }

        assertThat(built).hasSizeGreaterThan(20);
        assertThat(built)
                .as("the command's libraries; docs/dependencies.md says how they are raised")
                .containsExactlyElementsOf(Lock.written());
    }

    private static final String HEADER =
            "# Every library that the command brings along on Linux (x86_64), with the SHA-256 of its jar. Written by LockIT.";
}
