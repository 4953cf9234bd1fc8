package dev.graft.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryDirectoryTest {
    @TempDir
    private Path elsewhere = Path.of(".");

    @Test
    void itGoesWithAllThatIsInItButNotWithWhatLinksLeadTo() throws IOException {
        Path kept = Files.writeString(elsewhere.resolve("kept"), "here");
        TemporaryDirectory directory = new TemporaryDirectory("graft-test-");
        Files.createDirectories(directory.path().resolve("a/b"));
        Files.writeString(directory.path().resolve("a/b/file"), "gone");
        Files.createSymbolicLink(directory.path().resolve("link"), elsewhere);

        directory.close();
        directory.close();

        assertThat(directory.path()).doesNotExist();
        assertThat(kept).hasContent("here");
    }
}
