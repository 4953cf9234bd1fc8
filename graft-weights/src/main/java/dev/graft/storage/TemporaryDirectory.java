package dev.graft.storage;

import dev.graft.error.Problem;
import dev.graft.error.Reason;
import dev.graft.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory in the system's temporary folder, which is removed with all that is in it when it is closed. */
public final class TemporaryDirectory implements AutoCloseable {
    private final Path path;

    /**
     * Makes an empty one, which only its owner can read.
     *
     * @param prefix what its name begins with
     * @throws StorageException if the file system refuses
     */
    public TemporaryDirectory(String prefix) {
        try {
            this.path = Files.createTempDirectory(prefix);
        } catch (IOException e) {
            throw failed("made", Path.of(System.getProperty("java.io.tmpdir")), e);
        }
    }

    /** Where it lies. */
    public Path path() {
        return path;
    }

    /**
     * Removes it, and what is in it; links are removed, not what they lead to.
     *
     * @throws StorageException if something cannot be removed
     */
    @Override
    public void close() {
        try {
            for (Path one : deepestFirst()) {
                Files.deleteIfExists(one);
            }
        } catch (IOException e) {
            throw failed("removed", path, e);
        }
    }

    private List<Path> deepestFirst() throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(path)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        }
    }

    private static StorageException failed(String what, Path where, IOException e) {
        return new StorageException(
                Problem.of("A temporary directory cannot be " + what + ".")
                        .where(where)
                        .expected("a folder that may be written, with room in it")
                        .found(Reason.of(e))
                        .fix("free some space, or set -Djava.io.tmpdir to another disk"),
                e);
    }
}
