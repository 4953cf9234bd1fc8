package dev.graft.reading;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.graft.error.DataException;
import dev.graft.image.TestFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Folders that cannot be looked into: nothing is passed over in silence. */
class FolderWalkTest {
    @TempDir
    Path root;

    @Test
    void aFolderThatVanishedOrCannotBeListedIsNamed() {
        FolderWalk walk = new FolderWalk(root, FolderRules.defaults());
        Path gone = root.resolve("cat");

        assertThatThrownBy(() -> walk.entries(gone))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("A folder of images cannot be read.")
                .hasMessageContaining(gone.toString())
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> walk.files(gone))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(gone.toString());
    }

    @Test
    void aFileInThePlaceOfAFolderIsNamed() {
        new TestFolder(root).noise("cat", 1);

        assertThatThrownBy(() -> new FolderWalk(root, FolderRules.defaults()).entries(root.resolve("cat")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("it is no directory");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aClassFolderThatMayNotBeReadFailsTheWholeData() throws IOException {
        new TestFolder(root).noise("cat", 3, 1).noise("dog", 3, 2).noise("emu", 3, 3);
        Path locked = root.resolve("dog");
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
        try {
            assumeFalse(Files.isReadable(locked), "Skipped: permissions do not bind the administrator.");
            assertThatThrownBy(() -> ImageFolder.of(root))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(locked.toString())
                    .hasMessageContaining("permission is denied");
        } finally {
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
