package dev.graft.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipTest {
    private static final Manifest.Kind BUNDLE = Manifest.Kind.BUNDLE;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theRecordOfADirectoryTellsLengthAndDigestOfEachFile() throws IOException {
        Path target = folder.resolve("bundle");
        AtomicFiles.writeDirectory(target, BUNDLE, false, into -> {
            into.write("a", "alpha");
            into.stream("deep/b", stream -> stream.write(new byte[200_000]));
        });

        Manifest manifest = Manifest.read(target).orElseThrow();

        assertThat(manifest.kind()).isEqualTo(BUNDLE);
        assertThat(manifest.complete()).isTrue();
        assertThat(manifest.files().keySet()).containsExactly("a", "deep/b");
        assertThat(manifest.files()).containsEntry("a", FileRecord.of(target.resolve("a")));
        assertThat(manifest.files()).containsEntry("deep/b", FileRecord.of(new byte[200_000]));
    }

    @Test
    void aDirectoryThatGraftDidNotWriteIsNeverReplaced() throws IOException {
        Path photos = folder.resolve("photos");
        Files.createDirectories(photos.resolve("cats"));
        Files.writeString(photos.resolve("cats/1.jpg"), "mine");

        assertThatThrownBy(() -> write(photos))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(photos.toString())
                .hasMessageContaining("cats");

        assertThat(photos.resolve("cats/1.jpg")).hasContent("mine");
    }

    @Test
    void whatSomebodyPutBesideGraftsFilesIsNeverDeleted() throws IOException {
        Path target = folder.resolve("bundle");
        write(target);
        for (String foreign : new String[] {"notes.txt", "deep/notes.txt", "empty/", ".hidden"}) {
            Path file = target.resolve(foreign);
            if (foreign.endsWith("/")) {
                Files.createDirectory(file);
            } else {
                Files.writeString(file, "mine");
            }

            assertThatThrownBy(() -> write(target))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining(foreign.replace("/", "").replace("deep", ""));

            assertThat(file).exists();
            Files.delete(file);
        }
        write(target);
    }

    @Test
    void aLinkBesideGraftsFilesIsSomebodysAndWhatItLeadsToStays() throws IOException {
        Path photos = Files.createDirectory(folder.resolve("photos"));
        Files.writeString(photos.resolve("1.jpg"), "mine");
        Path target = folder.resolve("bundle");
        write(target);
        Files.createSymbolicLink(target.resolve("photos"), photos);

        assertThatThrownBy(() -> write(target)).isInstanceOf(SettingsException.class);
        Files.delete(target.resolve("photos"));
        Files.delete(target.resolve("a"));
        Files.createSymbolicLink(target.resolve("a"), photos.resolve("1.jpg"));
        write(target);

        assertThat(target.resolve("a")).hasContent("new").isRegularFile();
        assertThat(photos.resolve("1.jpg")).hasContent("mine");
    }

    @Test
    void aCopyOfARecordDoesNotMakeOtherFilesGrafts() throws IOException {
        Path target = folder.resolve("bundle");
        write(target);
        Path photos = Files.createDirectory(folder.resolve("photos"));
        Files.writeString(photos.resolve("1.jpg"), "mine");
        Files.copy(target.resolve(Manifest.FILE), photos.resolve(Manifest.FILE));

        assertThatThrownBy(() -> write(photos)).isInstanceOf(SettingsException.class);

        assertThat(photos.resolve("1.jpg")).hasContent("mine");
    }

    @Test
    void aDamagedRecordMakesNothingGrafts() throws IOException {
        Path target = folder.resolve("bundle");
        write(target);
        for (String damage :
                new String[] {"", "null", "{}", "[1]", "{\"format\": 99, \"kind\": \"BUNDLE\"}", "\u0000"}) {
            Files.writeString(target.resolve(Manifest.FILE), damage);

            assertThatThrownBy(() -> write(target)).as(damage).isInstanceOf(SettingsException.class);

            assertThat(target.resolve("a")).hasContent("new");
        }
    }

    @Test
    void aDirectoryOfOneKindIsNotReplacedByAnother() {
        Path target = folder.resolve("bundle");
        write(target);

        assertThatThrownBy(() -> AtomicFiles.writeDirectory(
                        target, Manifest.Kind.EXPORT, true, into -> into.write("a", "never")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("a bundle")
                .hasMessageContaining("an exported network");

        assertThat(target.resolve("a")).hasContent("new");
    }

    @Test
    void aFileThatAppearsWhileTheNewDirectoryIsWrittenStays() {
        Path target = folder.resolve("bundle");
        write(target);

        assertThatThrownBy(() -> AtomicFiles.writeDirectory(
                        target, BUNDLE, true, into -> Files.writeString(target.resolve("notes.txt"), "mine")))
                .isInstanceOf(SettingsException.class);

        assertThat(target.resolve("notes.txt")).hasContent("mine");
        assertThat(target.resolve("a")).hasContent("new");
    }

    private static void write(Path target) {
        AtomicFiles.writeDirectory(target, BUNDLE, true, into -> {
            into.write("a", "new");
            into.write("deep/b", "new");
        });
    }
}
