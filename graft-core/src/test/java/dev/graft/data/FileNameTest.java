package dev.graft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.graft.error.DataException;
import dev.graft.reading.ImageFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileNameTest {
    @TempDir
    private Path folder;

    @Test
    void textInTheEncodingIsAName() {
        assertThatCode(() -> FileName.requireText(folder.resolve("plain.png"))).doesNotThrowAnyException();
        assertThat(FileName.isText(Path.of("/"))).isTrue();
    }

    @Test
    void aNameInAnotherEncodingIsRefusedByNameAndNotLostOnTheWay() throws Exception {
        assumeTrue(FileName.encoding().equals(StandardCharsets.UTF_8), "names are UTF-8 here");
        Files.createDirectories(folder.resolve("cat"));
        Files.createDirectories(folder.resolve("dog"));
        Files.write(folder.resolve("dog/1.png"), new byte[1]);
        assumeTrue(createdByItsBytes(), "a shell that makes names of any bytes");

        try (Stream<Path> inside = Files.list(folder.resolve("cat"))) {
            assertThat(inside).singleElement().satisfies(entry -> assertThat(FileName.isText(entry))
                    .isFalse());
        }
        assertThatThrownBy(() -> ImageFolder.of(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no text in the encoding")
                .hasMessageContaining("UTF-8")
                .hasMessageContaining("caf");
    }

    /** Java itself has no way to give a file such a name. */
    private boolean createdByItsBytes() throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", "printf x >\"$(printf 'cat/caf\\351.png')\"")
                .directory(folder.toFile())
                .inheritIO()
                .start();
        return shell.waitFor() == 0;
    }
}
