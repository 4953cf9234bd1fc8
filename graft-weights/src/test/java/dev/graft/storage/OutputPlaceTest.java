package dev.graft.storage;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputPlaceTest {
    @TempDir
    private Path folder = Path.of("");

    private Path data = Path.of("");

    @BeforeEach
    void makeData() throws IOException {
        data = Files.createDirectories(folder.resolve("home/data"));
        Files.createDirectory(data.resolve("cats"));
        Files.writeString(folder.resolve("home/list.csv"), "path,label");
    }

    @Test
    void anOutputInTheDataAroundItOrOnItIsRefused() {
        for (Path place : List.of(
                data,
                data.resolve("run"),
                data.resolve("cats/deep/er/run"),
                folder.resolve("home"),
                folder,
                data.resolve("cats/../run"),
                folder.resolve("home/data/../../home/data"))) {
            refused(place, data);
        }
        refused(folder.resolve("home"), folder.resolve("home/list.csv"));
        refused(folder.resolve("home/list.csv"), folder.resolve("home/list.csv"));
    }

    @Test
    void linksHideNothing() throws IOException {
        Path toData = Files.createSymbolicLink(folder.resolve("to-data"), data);
        Path toHome = Files.createSymbolicLink(folder.resolve("to-home"), folder.resolve("home"));
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), data.resolve("not-yet"));
        refused(toData.resolve("run"), data);
        refused(toData, data);
        refused(data.resolve("run"), toData);
        refused(toHome.resolve("data/run"), toData);
        refused(toHome, data);
        refused(dangling, data);
        refused(dangling.resolve("run"), data);
    }

    @Test
    void aPlaceBesideTheDataIsTaken() {
        for (Path place : List.of(
                folder.resolve("home/run"),
                folder.resolve("home/data-run"),
                folder.resolve("dat"),
                folder.resolve("x/y"))) {
            assertThatCode(() -> OutputPlace.requireApart(place, data, "the data"))
                    .doesNotThrowAnyException();
            assertThatCode(() -> OutputPlace.requireApart(place, folder.resolve("home/list.csv"), "the data"))
                    .doesNotThrowAnyException();
        }
        assertThatCode(() -> OutputPlace.requireApart(folder.resolve("run"), Path.of("digits-cnn"), "the source model"))
                .doesNotThrowAnyException();
    }

    private static void refused(Path output, Path input) {
        assertThatThrownBy(() -> OutputPlace.requireApart(output, input, "the data"))
                .as(output + " for " + input)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("the data")
                .hasMessageContaining(output.toAbsolutePath().toString());
    }
}
