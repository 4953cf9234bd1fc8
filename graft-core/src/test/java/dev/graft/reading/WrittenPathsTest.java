package dev.graft.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class WrittenPathsTest {
    @TempDir
    private Path folder;

    private WrittenPaths paths = new WrittenPaths(Path.of("."));

    @BeforeEach
    void makePaths() {
        paths = new WrittenPaths(folder);
    }

    @Test
    void whatThisSystemWritesStaysAsItIs() throws IOException {
        assertThat(read("cat/1 (2).jpg")).isEqualTo("cat/1 (2).jpg");
        assertThat(read(" /data/1.jpg  ")).isEqualTo("/data/1.jpg");
        assertThat(read("a\tb.png")).isEqualTo("a\tb.png");
        Files.writeString(folder.resolve("odd\\name.png"), "");
        assertThat(read("odd\\name.png")).isEqualTo("odd\\name.png");
        assertThat(paths.notes()).isEmpty();
    }

    @Test
    void backslashesAddressesAndHomesAreReadAndCounted() {
        assertThat(read("cat\\big\\1.jpg")).isEqualTo("cat/big/1.jpg");
        assertThat(read("dog\\1.jpg")).isEqualTo("dog/1.jpg");
        assertThat(read("file:///data/my%20cat.jpg")).isEqualTo("/data/my cat.jpg");
        assertThat(read("file:/data/my cat.jpg")).isEqualTo("/data/my cat.jpg");
        assertThat(read("~/cat.jpg")).isEqualTo(System.getProperty("user.home") + "/cat.jpg");
        assertThat(paths.notes())
                .containsExactly(
                        "2 paths are written with backslashes, which are read as slashes, the first at line 1",
                        "2 paths are file: addresses, which are read as paths, the first at line 1",
                        "1 path is written from ~ on, which is read as the home directory, the first at line 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C:\\photos\\a.jpg",
                "\\\\server\\photos\\a.jpg",
                "https://example.org/a.jpg",
                "s3://bucket/a.jpg",
                "a\0b"
            })
    void whatLeadsToNoFileHereIsRefused(String written) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> paths.read(written, "list.csv, line 7"))
                .withMessageContaining("list.csv, line 7");
    }

    private String read(String written) {
        return paths.read(written, "line 1");
    }
}
