package dev.graft.storage;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Files that are written one after the other into a directory that may hold others, each whole or not at all, and only
 * over files that Graft wrote. Their names enter the directory's {@link Manifest} before the first is written, so that
 * what a crash leaves is known as Graft's, and their lengths and digests at the end.
 *
 * <p>{@link #write} may be called by several threads. Whoever opens it closes it.
 */
public final class ListedFiles implements AutoCloseable {
    private final Path directory;
    private final Manifest.Kind kind;
    private final PathLock lock;
    private final Set<String> names;
    private final Map<String, FileRecord> written = new TreeMap<>();
    private boolean closed;

    private ListedFiles(Path directory, Manifest.Kind kind, PathLock lock, Set<String> names) {
        this.directory = directory;
        this.kind = kind;
        this.lock = lock;
        this.names = names;
    }

    /**
     * Prepares to write files into the directory of a run.
     *
     * @param directory an existing directory
     * @param names the files' paths in the directory, with {@code /} between folders
     * @throws SettingsException if the directory is of another kind, or a file of one of the names is not Graft's
     * @throws StorageException if another process writes there, or the file system refuses
     */
    public static ListedFiles of(Path directory, Collection<String> names) {
        PathLock lock = RunDirectory.locked(directory);
        try {
            Set<String> sorted = new TreeSet<>(names);
            Manifest manifest = Manifest.read(directory).orElse(Manifest.begun(Manifest.Kind.RUN));
            requireOwn(directory, manifest, sorted);
            Set<String> pending = new HashSet<>(manifest.pending());
            pending.addAll(sorted);
            AtomicFiles.write(
                    directory.resolve(Manifest.FILE),
                    manifest.with(manifest.files(), pending).toBytes());
            return new ListedFiles(directory, manifest.kind(), lock, sorted);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private static void requireOwn(Path directory, Manifest manifest, Set<String> names) {
        if (manifest.kind() != Manifest.Kind.RUN) {
            throw new SettingsException(Problem.of("Files of a run would lie in a directory of another kind.")
                    .where(directory)
                    .expected(Ownership.described(Manifest.Kind.RUN))
                    .found(Ownership.described(manifest.kind()))
                    .fix("choose another place"));
        }
        List<Path> foreign = new ArrayList<>();
        for (String name : names) {
            Path file = directory.resolve(name);
            if (FileTree.exists(file)
                    && (!manifest.lists(name) || Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))) {
                foreign.add(file);
            }
        }
        if (!foreign.isEmpty()) {
            throw new SettingsException(Problem.of("Will not overwrite files that Graft did not write.")
                    .where(directory)
                    .expected("no files of these names but those that " + Manifest.FILE + " lists")
                    .found(Ownership.named(foreign, directory))
                    .fix("move them away, or choose another place"));
        }
    }

    /**
     * Writes or replaces one of the files.
     *
     * @param name one of the names that were given
     * @throws StorageException if the file system refuses
     */
    public void write(String name, byte[] content) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException("not one of the files to be written: " + name);
        }
        synchronized (written) {
            if (closed) {
                throw new IllegalStateException("too late to write " + name);
            }
        }
        FileRecord record = AtomicFiles.write(directory.resolve(name), content);
        synchronized (written) {
            written.put(name, record);
        }
    }

    /**
     * Enters what was written into the directory's record.
     *
     * @throws StorageException if the file system refuses
     */
    @Override
    public void close() {
        try {
            Manifest manifest = Manifest.read(directory).orElse(Manifest.begun(kind));
            Map<String, FileRecord> files = new TreeMap<>(manifest.files());
            Set<String> pending = new TreeSet<>(manifest.pending());
            synchronized (written) {
                closed = true;
                files.putAll(written);
                pending.removeAll(written.keySet());
            }
            pending.removeIf(name -> names.contains(name) && !stillThere(name));
            AtomicFiles.write(
                    directory.resolve(Manifest.FILE),
                    manifest.with(files, pending).toBytes());
        } finally {
            lock.close();
        }
    }

    /** A file that an earlier run left under a name that was not written now, or the folder that was made for it. */
    private boolean stillThere(String name) {
        Path file = directory.resolve(name);
        Path folder = file.getParent();
        return FileTree.exists(file) || (folder != null && !folder.equals(directory) && FileTree.exists(folder));
    }
}
