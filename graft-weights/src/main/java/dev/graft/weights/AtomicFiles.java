package dev.graft.weights;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Writes files and directories so that a reader, or a crash, meets the old or the new state and nothing in between.
 *
 * <p>Content goes into a temporary sibling of the target, is synced to the disk and renamed. One writer a target at a
 * time; different targets from any number of threads. A target that is a symbolic link stays one: what it points to is
 * replaced.
 */
public final class AtomicFiles {
    private static final int BUFFER_BYTES = 1 << 16;

    private AtomicFiles() {}

    /** Fills a directory. */
    @FunctionalInterface
    public interface DirectoryWriter {
        /**
         * Writes all files into the empty directory, which is renamed afterwards: keep no path inside it.
         *
         * @throws IOException if the file system refuses; the target is then left as it was
         */
        void writeInto(Path dir) throws IOException;
    }

    /** Fills a file. */
    @FunctionalInterface
    interface FileWriter {
        void writeTo(FileChannel channel) throws IOException;
    }

    /**
     * Writes or replaces a file. On any failure the old file is untouched and nothing else is left behind.
     *
     * @param target the file; missing parent directories are made
     * @throws StorageException if the file system refuses
     */
    public static void write(Path target, byte[] content) {
        write(target, channel -> SafetensorsWriter.writeFully(channel, ByteBuffer.wrap(content)));
    }

    /** Writes the bytes of a file one after the other. */
    @FunctionalInterface
    public interface StreamWriter {
        /**
         * Writes the whole content.
         *
         * @throws IOException if the file system refuses; the old file is then left as it was
         */
        void writeTo(OutputStream stream) throws IOException;
    }

    /**
     * Writes or replaces a file whose content need not fit into memory. On any failure the old file is untouched and
     * nothing else is left behind.
     *
     * @param target the file; missing parent directories are made
     * @param writer writes the content, and leaves the stream open
     * @throws StorageException if the file system refuses
     */
    public static void stream(Path target, StreamWriter writer) {
        write(target, (FileChannel channel) -> {
            OutputStream buffered = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
            writer.writeTo(buffered);
            buffered.flush();
        });
    }

    static void write(Path target, FileWriter writer) {
        try {
            Path real = resolve(target);
            if (Files.isDirectory(real)) {
                throw new IOException(real + " is a directory");
            }
            Path temporary = sibling(real, "new-" + UUID.randomUUID());
            try {
                // Not Files.createTempFile: its files are readable by their owner alone, and the rename keeps that.
                try (FileChannel channel =
                        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    writer.writeTo(channel);
                    channel.force(true);
                }
                Files.move(temporary, real, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
            syncDirectory(parent(real));
        } catch (IOException | UncheckedIOException e) {
            throw refused(target, e);
        }
    }

    /**
     * Writes or replaces a directory. If the writer or the file system fails, the old directory is untouched and nothing
     * else is left behind.
     *
     * <p>When an old directory is replaced it is first renamed to a hidden sibling and deleted at the end. A crash
     * between the two renames leaves it under that name, complete; {@link #recover} brings it back.
     *
     * @param target the directory; missing parents are made; an empty one counts as absent
     * @param overwrite whether a directory that is not empty may be replaced
     * @param writer fills the new directory
     * @throws SettingsException if the target exists and may not be replaced
     * @throws StorageException if the file system refuses
     */
    public static void writeDirectory(Path target, boolean overwrite, DirectoryWriter writer) {
        try {
            Path real = resolve(target);
            recoverResolved(real);
            checkReplaceable(real, overwrite);
            Path temporary = sibling(real, "new-" + UUID.randomUUID());
            try {
                Files.createDirectory(temporary);
                writer.writeInto(temporary);
                syncTree(temporary);
                // Somebody may have come in the meantime: nothing is replaced that was not seen.
                checkReplaceable(real, overwrite);
                replace(real, temporary);
            } finally {
                deleteTree(temporary);
            }
        } catch (IOException | UncheckedIOException e) {
            throw refused(target, e);
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
            return recoverResolved(resolve(target));
        } catch (IOException | UncheckedIOException e) {
            throw refused(target, e);
        }
    }

    private static boolean recoverResolved(Path real) throws IOException {
        Path old = sibling(real, "old");
        if (!exists(old)) {
            return false;
        }
        if (exists(real)) {
            discard(old);
            return false;
        }
        Files.move(old, real, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(parent(real));
        return true;
    }

    private static void replace(Path real, Path temporary) throws IOException {
        Path old = sibling(real, "old");
        boolean replaced = exists(real);
        if (replaced) {
            Files.move(real, old, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(temporary, real, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (replaced) {
                Files.move(old, real, StandardCopyOption.ATOMIC_MOVE);
            }
            throw e;
        }
        syncDirectory(parent(real));
        discard(old);
    }

    private static void checkReplaceable(Path real, boolean overwrite) throws IOException {
        if (!exists(real)) {
            return;
        }
        if (!Files.isDirectory(real)) {
            throw new SettingsException(Problem.of("Cannot write a directory where a file is.")
                    .where(real)
                    .fix("choose another place, or move the file away"));
        }
        try (Stream<Path> entries = Files.list(real)) {
            if (!overwrite && entries.findAny().isPresent()) {
                throw new SettingsException(Problem.of("The output directory is not empty.")
                        .where(real)
                        .expected("a new or an empty directory")
                        .fix("choose another place, or allow overwriting (--overwrite)"));
            }
        }
        Path home = Path.of(System.getProperty("user.home", "")).toAbsolutePath();
        Path here = Path.of("").toAbsolutePath();
        if (home.startsWith(real) || here.startsWith(real)) {
            throw new SettingsException(
                    Problem.of("Will not replace the home directory, the working directory or one above them.")
                            .where(real)
                            .fix("name a directory of its own for the output"));
        }
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static Path resolve(Path target) throws IOException {
        Path real = Files.isSymbolicLink(target)
                ? target.toRealPath()
                : target.toAbsolutePath().normalize();
        Files.createDirectories(parent(real));
        return real;
    }

    private static Path parent(Path real) throws IOException {
        Path parent = real.getParent();
        if (parent == null) {
            throw new IOException(real + " is the root of a file system");
        }
        return parent;
    }

    private static Path sibling(Path real, String suffix) {
        return real.resolveSibling("." + real.getFileName() + ".graft-" + suffix);
    }

    private static void syncTree(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    syncDirectory(path);
                } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                        channel.force(true);
                    }
                }
            }
        }
    }

    /** Makes renames inside the directory survive a power cut, on the systems that can: Windows cannot and need not. */
    private static void syncDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // The rename itself is done and is atomic; only its durability is left to the system.
            return;
        }
    }

    /** Deletes under another name, so that what a crash leaves half deleted is never taken for the old directory. */
    private static void discard(Path old) throws IOException {
        if (exists(old)) {
            Path doomed = sibling(old, "deleted-" + UUID.randomUUID());
            Files.move(old, doomed, StandardCopyOption.ATOMIC_MOVE);
            deleteTree(doomed);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!exists(root)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static StorageException refused(Path target, Exception e) {
        return new StorageException(
                Problem.of("Cannot write " + Names.quoteFile(target) + ": the file system refused.")
                        .where(target.toAbsolutePath())
                        .found(e)
                        .fix("free space on the disk, change the permissions, or choose another place;"
                                + " what was there before is untouched"),
                e);
    }
}
