package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputDirectoryTest {
    @TempDir
    private Path folder;

    @Test
    void aMissingDirectoryIsMadeWithThoseAboveIt() {
        Path made = OutputDirectory.prepare(folder.resolve("runs/one"), false);

        assertThat(made).isAbsolute().isEmptyDirectory();
    }

    @Test
    void anEmptyDirectoryIsTaken() {
        assertThat(OutputDirectory.prepare(folder, false)).isEqualTo(folder.toAbsolutePath());
    }

    @Test
    void aDirectoryThatHoldsSomethingIsRefusedByName() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "mine");

        assertThatThrownBy(() -> OutputDirectory.prepare(folder, false))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("notes.txt")
                .hasMessageContaining("--overwrite");
    }

    @Test
    void overwriteTakesItAndDeletesNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "mine");

        OutputDirectory.prepare(folder, true);

        assertThat(file).hasContent("mine");
    }

    @Test
    void aFileIsRefusedEvenToOverwrite() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");

        assertThatThrownBy(() -> OutputDirectory.prepare(file, true))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("a file");
        assertThat(file).hasContent("mine");
    }

    @Test
    void aDirectoryBelowAFileCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");

        assertThatThrownBy(() -> OutputDirectory.prepare(file.resolve("runs"), false))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(file.resolve("runs").toString());
    }

    @Test
    void aDanglingLinkIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));

        assertThatThrownBy(() -> OutputDirectory.prepare(link, false)).isInstanceOf(SettingsException.class);
    }
}
