package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.graft.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class LibraryDirectoryTest {
    @TempDir
    private Path directory;

    private Path cache;
    private Path libraries;
    private Path library;

    @BeforeEach
    void unpack() throws IOException {
        cache = directory.resolve("cache");
        libraries = Files.createDirectories(cache.resolve("engine").resolve("libraries"));
        library = Files.writeString(libraries.resolve("liba.so"), "library");
        permit(library, "rw-r--r--");
    }

    @Test
    void takesWhatOnlyThisUserCanWrite() {
        assertThatCode(() -> new LibraryDirectory(cache, false).requirePrivate(libraries))
                .doesNotThrowAnyException();
    }

    @Test
    void takesADirectoryThatDoesNotExistYet() {
        assertThatCode(() -> new LibraryDirectory(cache, false)
                        .requirePrivate(cache.resolve("other").resolve("one")))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesALibraryThatEverybodyCanWrite() throws IOException {
        permit(library, "rw-rw-rw-");
        refuses(library);
    }

    @Test
    void refusesDirectoriesThatEverybodyCanWrite() throws IOException {
        for (Path place : new Path[] {libraries, libraries.getParent(), cache}) {
            permit(place, "rwxrwxrwx");
            refuses(place);
            permit(place, "rwxr-xr-x");
        }
    }

    @Test
    void refusesADirectoryThatEverybodyCanExchange() throws IOException {
        permit(directory, "rwxrwxrwx");
        refuses(directory);
    }

    @Test
    void takesADirectoryInASharedOneWhereOnlyOwnersRename() throws IOException {
        Files.setAttribute(directory, "unix:mode", 01777);
        assertThatCode(() -> new LibraryDirectory(cache, false).requirePrivate(libraries))
                .doesNotThrowAnyException();
    }

    @Test
    void ofADirectoryForTemporaryFilesTakesWhatThisUserMade() throws IOException {
        Files.setAttribute(cache, "unix:mode", 01777);
        assertThatCode(() -> new LibraryDirectory(cache, true).requirePrivate(libraries))
                .doesNotThrowAnyException();
    }

    @Test
    void ofADirectoryForTemporaryFilesRefusesWhatAnotherUserMade() throws IOException {
        assumeTrue(Files.getAttribute(cache, "unix:uid").equals(0), "only the system's user can give files away");
        Files.setAttribute(cache, "unix:mode", 01777);
        Files.setAttribute(libraries, "unix:uid", 4321);
        refuses(libraries);
    }

    @Test
    void takesWhatAnotherUserOwnsOnlyWhereTheUserChoseThePlace() throws IOException {
        assumeTrue(Files.getAttribute(cache, "unix:uid").equals(0), "only the system's user can give files away");
        Files.setAttribute(libraries, "unix:uid", 4321);
        assertThatCode(() -> new LibraryDirectory(cache, true).requirePrivate(libraries))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> new LibraryDirectory(cache, false).requirePrivate(libraries))
                .withMessageContaining("belongs to the user of number 4321");
    }

    private void refuses(Path place) {
        for (boolean chosen : new boolean[] {true, false}) {
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> new LibraryDirectory(cache, chosen).requirePrivate(libraries))
                    .withMessageContaining(place.toString())
                    .withMessageContaining("DJL_CACHE_DIR");
        }
    }

    private static void permit(Path place, String permissions) throws IOException {
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(permissions));
    }
}
