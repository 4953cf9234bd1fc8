package dev.graft.storage;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes files and directories so that a reader, or a crash, meets the old or the new state and nothing in between.
 *
 * <p>Content goes into a temporary sibling of the target, is synced to the disk and renamed. The sibling's name depends on
 * the target alone and it is locked while it is written to, so that the next to write there finds what a dead process left
 * and clears it away. Writers of one target take turns; different targets may be written by any number of threads and
 * processes. A target that is a symbolic link stays one: what it points to is replaced.
 */
public final class AtomicFiles {
    private static final long MOST_WAITING_MILLIS = 60_000;

    private AtomicFiles() {}

    /** Fills a directory. */
    @FunctionalInterface
    public interface DirectoryWriter {
        /**
         * Writes all files into the empty directory, which is renamed afterwards: keep no path inside it.
         *
         * @throws IOException if the file system refuses; the target is then left as it was
         */
        void writeInto(NewDirectory directory) throws IOException;
    }

    /** Writes the bytes of a file one after the other. */
    @FunctionalInterface
    public interface StreamWriter {
        /**
         * Writes the whole content, and leaves the stream open.
         *
         * @throws IOException if the file system refuses; the old file is then left as it was
         */
        void writeTo(OutputStream stream) throws IOException;
    }

    /**
     * Writes or replaces a file. On any failure the old file is untouched and nothing else is left behind.
     *
     * @param target the file; missing parent directories are made
     * @return what was written
     * @throws StorageException if the file system refuses
     */
    public static FileRecord write(Path target, byte[] content) {
        return stream(target, stream -> stream.write(content));
    }

    /**
     * Writes or replaces a file whose content need not fit into memory. On any failure the old file is untouched and
     * nothing else is left behind.
     *
     * @param target the file; missing parent directories are made
     * @param writer writes the content
     * @return what was written
     * @throws StorageException if the file system refuses
     */
    public static FileRecord stream(Path target, StreamWriter writer) {
        try {
            Path real = FileTree.resolve(target);
            if (Files.isDirectory(real)) {
                throw new IOException(real + " is a directory");
            }
            if (Files.isSymbolicLink(real)) {
                throw new IOException(real + " is a link that leads nowhere");
            }
            FileRecord record;
            Path temporary = FileTree.sibling(real, "part");
            try (PathLock lock = acquired(temporary, target)) {
                record = RecordingStream.fill(lock.channel(), writer);
                FileOperations.current().sync(lock.channel());
                FileOperations.current().rename(temporary, real);
                lock.renamed();
            }
            FileTree.syncDirectory(FileTree.parent(real));
            return record;
        } catch (IOException | UncheckedIOException e) {
            throw refused(target, e);
        }
    }

    /**
     * Gives a file that is finished its name, in place of what had the name before.
     *
     * @param finished the file, or a link to one, in the same directory
     * @throws IOException if the file system refuses; both are then left as they were
     */
    public static void rename(Path finished, Path target) throws IOException {
        FileOperations.current().rename(finished, target);
        FileTree.syncDirectory(FileTree.parent(target.toAbsolutePath()));
    }

    /**
     * Writes or replaces a directory, together with the {@link Manifest} of its files. If the writer or the file system
     * fails, the old directory is untouched and nothing else is left behind.
     *
     * <p>An old directory is replaced only if Graft wrote it, as a directory of this kind, and nothing else lies in it. It
     * is first renamed to a hidden sibling and deleted at the end. A crash between the two renames leaves it under that
     * name, complete; {@link #recover} brings it back.
     *
     * @param target the directory; missing parents are made; an empty one counts as absent
     * @param kind what it is
     * @param overwrite whether a directory that is not empty may be replaced
     * @param writer fills the new directory
     * @throws SettingsException if the target exists and may not be replaced
     * @throws StorageException if the file system refuses
     */
    public static void writeDirectory(Path target, Manifest.Kind kind, boolean overwrite, DirectoryWriter writer) {
        try {
            Path real = FileTree.resolve(target);
            Ownership.requireReplaceable(real, kind, overwrite);
            PathLock lock = acquired(FileTree.sibling(real, "lock"), target);
            try {
                writeLocked(real, kind, overwrite, writer);
            } finally {
                lock.close();
            }
        } catch (IOException | UncheckedIOException e) {
            throw refused(target, e);
        }
    }

    private static void writeLocked(Path real, Manifest.Kind kind, boolean overwrite, DirectoryWriter writer)
            throws IOException {
        ReplacedDirectory.clearAway(real);
        Ownership.requireReplaceable(real, kind, overwrite);
        Path temporary = FileTree.sibling(real, "new");
        try {
            NewDirectory directory = new NewDirectory(temporary);
            writer.writeInto(directory);
            directory.finish(kind);
            // Somebody may have come in the meantime: nothing is replaced that was not seen.
            Ownership.requireReplaceable(real, kind, overwrite);
            ReplacedDirectory.replace(real, temporary);
        } finally {
            FileTree.deleteQuietly(temporary);
        }
    }

    /**
     * Refuses what {@link #writeDirectory} would refuse; makes and deletes nothing.
     *
     * @throws SettingsException if the target exists and may not be replaced
     * @throws StorageException if it cannot be looked at
     */
    public static void requireReplaceable(Path target, Manifest.Kind kind, boolean overwrite) {
        try {
            Ownership.requireReplaceable(FileTree.real(target), kind, overwrite);
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(target, e);
        }
    }

    /**
     * Gives a directory that Graft wrote another name; a directory of the same kind that has the name is deleted, after
     * it was moved out of the way.
     *
     * @param from the directory
     * @param to its new name, in the same directory
     * @param kind what both are
     * @throws SettingsException if Graft did not write what has the name, or it is something else
     * @throws StorageException if the file system refuses
     */
    public static void renameDirectory(Path from, Path to, Manifest.Kind kind) {
        try {
            Path real = FileTree.real(to);
            PathLock lock = acquired(FileTree.sibling(real, "lock"), to);
            try {
                ReplacedDirectory.clearAway(real);
                Ownership.requireReplaceable(real, kind, true);
                ReplacedDirectory.replace(real, FileTree.real(from));
            } finally {
                lock.close();
            }
        } catch (IOException | UncheckedIOException e) {
            throw refused(to, e);
        }
    }

    /**
     * Finishes what a crash interrupted: if {@link #writeDirectory} had moved the old directory aside and not yet put
     * the new one in its place, the old one comes back; if it had, the old one is deleted.
     *
     * @return whether the old directory was brought back
     * @throws StorageException if the file system refuses
     */
    public static boolean recover(Path target) {
        try {
            Path real = FileTree.real(target);
            if (!FileTree.exists(FileTree.sibling(real, "old"))) {
                return false;
            }
            PathLock lock = acquired(FileTree.sibling(real, "lock"), target);
            try {
                return ReplacedDirectory.recover(real);
            } finally {
                lock.close();
            }
        } catch (IOException | UncheckedIOException e) {
            throw refused(target, e);
        }
    }

    private static PathLock acquired(Path lockFile, Path target) throws IOException {
        return Optional.ofNullable(PathLock.acquire(lockFile, MOST_WAITING_MILLIS))
                .orElseThrow(() -> new StorageException(Problem.of("Another process is writing here.")
                        .where(target.toAbsolutePath())
                        .fix("wait until it is done, or choose another place")));
    }

    static StorageException refused(Path target, Exception e) {
        return new StorageException(
                Problem.of("Cannot write '" + target + "': the file system refused.")
                        .where(target.toAbsolutePath())
                        .found(e)
                        .fix("free space on the disk, change the permissions, or choose another place;"
                                + " what was there before is untouched"),
                e);
    }

    static StorageException unreadable(Path target, Exception e) {
        return new StorageException(
                Problem.of("A directory cannot be looked at.")
                        .where(target.toAbsolutePath())
                        .found(e)
                        .fix("change its permissions, or choose another place"),
                e);
    }
}
