package dev.graft.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    private static final Manifest.Kind BUNDLE = Manifest.Kind.BUNDLE;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aFileIsWrittenThenReplaced() {
        Path target = folder.resolve("deep/er/file");
        AtomicFiles.write(target, new byte[] {1, 2});
        assertThat(target).hasBinaryContent(new byte[] {1, 2});
        AtomicFiles.write(target, new byte[] {3});
        assertThat(target).hasBinaryContent(new byte[] {3});
        assertThat(names(folder.resolve("deep/er"))).containsExactly("file");
    }

    @Test
    void aFailureWhileAFileIsWrittenLeavesTheOldOneAndNothingElse() throws IOException {
        Path target = folder.resolve("file");
        Files.writeString(target, "old");
        assertThatThrownBy(() -> AtomicFiles.stream(target, stream -> {
                    stream.write(new byte[100_000]);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("No space left on device")
                .hasMessageContaining(target.toString());
        assertThatThrownBy(() -> AtomicFiles.stream(target, stream -> {
                    throw new IllegalStateException("a bug");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(target).hasContent("old");
        assertThat(names(folder)).containsExactly("file");
    }

    @Test
    void aFileDoesNotReplaceADirectory() throws IOException {
        Files.createDirectory(folder.resolve("taken"));
        assertThatThrownBy(() -> AtomicFiles.write(folder.resolve("taken"), new byte[1]))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("is a directory");
        assertThat(names(folder)).containsExactly("taken");
    }

    @Test
    void aFinishedFileTakesTheNameOfAnother() throws IOException {
        Path finished = Files.writeString(folder.resolve("finished"), "new");
        Path target = Files.writeString(folder.resolve("file"), "old");

        AtomicFiles.rename(finished, target);

        assertThat(target).hasContent("new");
        assertThat(names(folder)).containsExactly("file");
    }

    @Test
    void aFinishedFileDoesNotTakeTheNameOfADirectory() throws IOException {
        Path finished = Files.writeString(folder.resolve("finished"), "new");
        Files.writeString(Files.createDirectory(folder.resolve("taken")).resolve("inside"), "kept");

        assertThatThrownBy(() -> AtomicFiles.rename(finished, folder.resolve("taken")))
                .isInstanceOf(IOException.class);

        assertThat(finished).hasContent("new");
        assertThat(folder.resolve("taken/inside")).hasContent("kept");
    }

    @Test
    void aSymbolicLinkStaysOne() throws IOException {
        Path real = folder.resolve("real");
        Files.writeString(real, "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        AtomicFiles.write(link, "new".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(link).isSymbolicLink();
        assertThat(real).hasContent("new");
    }

    @Test
    void aDirectoryIsWrittenThenReplacedWholly() {
        Path target = folder.resolve("runs/bundle");
        write(target, false, "best/a", "old");
        assertThat(target.resolve("best/a")).hasContent("old");
        write(target, true, "b", "new");
        assertThat(names(target)).containsExactly("b", "graft.json");
        assertThat(names(folder.resolve("runs"))).containsExactly("bundle");
    }

    @Test
    void aDirectoryThatIsNotEmptyNeedsLeave() throws IOException {
        Path target = Files.createDirectory(folder.resolve("bundle"));
        write(target, false, "a", "old");
        assertThatThrownBy(() -> write(target, false, "a", "never"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(target.toString())
                .hasMessageContaining("overwriting");
        assertThat(target.resolve("a")).hasContent("old");
    }

    @Test
    void aFailureWhileADirectoryIsWrittenLeavesTheOldOneAndNothingElse() {
        Path target = folder.resolve("bundle");
        write(target, false, "a", "old");
        assertThatThrownBy(() -> AtomicFiles.writeDirectory(target, BUNDLE, true, into -> {
                    into.write("b", "half");
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> AtomicFiles.writeDirectory(target, BUNDLE, true, into -> {
                    throw new IllegalStateException("a bug");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(names(target)).containsExactly("a", "graft.json");
        assertThat(names(folder)).containsExactly("bundle");
    }

    @Test
    void aFileOrADirectoryOfTheUsersIsNeverReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        assertThatThrownBy(() -> AtomicFiles.writeDirectory(file, BUNDLE, true, into -> {}))
                .isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> AtomicFiles.writeDirectory(Path.of(""), BUNDLE, true, into -> {}))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("working directory");
        assertThat(file).hasContent("mine");
    }

    @Test
    void theDirectoryThatACrashLeftAsideComesBack() throws IOException {
        Path target = folder.resolve("bundle");
        write(target, false, "a", "old");
        Path aside = folder.resolve(".bundle.graft-old");
        Files.move(target, aside);
        assertThat(AtomicFiles.recover(target)).isTrue();
        assertThat(target.resolve("a")).hasContent("old");
        assertThat(AtomicFiles.recover(target)).isFalse();

        Files.createDirectory(aside);
        assertThat(AtomicFiles.recover(target)).isFalse();
        assertThat(names(folder)).containsExactly("bundle");
    }

    private static void write(Path target, boolean overwrite, String name, String content) {
        AtomicFiles.writeDirectory(target, BUNDLE, overwrite, into -> into.write(name, content));
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
