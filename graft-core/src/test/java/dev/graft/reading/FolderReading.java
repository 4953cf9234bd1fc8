package dev.graft.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.DataException;
import dev.graft.image.TestFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder of images to be filled and read. */
abstract class FolderReading {
    @TempDir
    Path directory = Path.of("");

    Path root = Path.of("");
    TestFolder folder = new TestFolder(root);

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(directory.resolve("photos"));
        folder = new TestFolder(root);
    }

    static void assertRefused(ThrowingCallable reading, String... saying) {
        assertThatExceptionOfType(DataException.class).isThrownBy(reading).satisfies(e -> assertThat(e.getMessage())
                .contains(saying));
    }
}
