package dev.graft.feature;

import dev.graft.error.Problem;
import dev.graft.error.StorageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that is read row by row, not mapped: the pages of a mapping would count as this process's memory, and a full disk
 * would end the process. It is no channel either, which a thread that is interrupted would close for all.
 *
 * <p>Where the system lets go of the name of an open file, that is done at once, so that nothing remains however the process
 * ends; elsewhere the file is deleted on close.
 */
final class SpillFile implements AutoCloseable {
    private final RandomAccessFile content;
    private final Path path;
    private final @Nullable Path left;

    /** Takes the file over. */
    SpillFile(Path file) throws IOException {
        path = file;
        try {
            content = new RandomAccessFile(file.toFile(), "rw");
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        left = nameIsGone(file) ? null : file;
    }

    private static boolean nameIsGone(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            // Windows keeps what is open.
            return false;
        }
    }

    void write(long position, byte[] bytes) {
        synchronized (content) {
            try {
                content.seek(position);
                content.write(bytes);
            } catch (IOException e) {
                throw failed("The feature cache cannot write its file.", e);
            }
        }
    }

    /** Fills the array. */
    void read(long position, byte[] bytes) {
        synchronized (content) {
            try {
                content.seek(position);
                content.readFully(bytes);
            } catch (IOException e) {
                throw failed("The feature cache cannot read its file.", e);
            }
        }
    }

    private StorageException failed(String what, IOException cause) {
        return new StorageException(
                Problem.of(what)
                        .where(path)
                        .found(cause)
                        .fix("free some space, or set -Djava.io.tmpdir to another disk"),
                cause);
    }

    @Override
    public void close() {
        try {
            synchronized (content) {
                content.close();
            }
            if (left != null) {
                Files.deleteIfExists(left);
            }
        } catch (IOException e) {
            throw new StorageException(
                    Problem.of("The file of a feature cache cannot be deleted.")
                            .where(path)
                            .found(e)
                            .fix("delete it by hand when no program uses it any longer"),
                    e);
        }
    }
}
