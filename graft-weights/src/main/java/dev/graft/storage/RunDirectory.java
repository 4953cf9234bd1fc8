package dev.graft.storage;

import dev.graft.error.Problem;
import dev.graft.error.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The directory that one run writes to. One process has it at a time, and one thread of it; what a killed run left half
 * done is cleared away when the next one takes it.
 *
 * <p>The {@link Manifest} in it says from the start that it is a run's, and at the end that the run is complete. For one
 * thread; whoever opens it closes it.
 */
public final class RunDirectory implements AutoCloseable {
    static final List<String> CHECKPOINTS = List.of("next", "last", "previous");
    private static final String LOCK = ".run.graft-lock";

    private final Path directory;
    private final PathLock lock;
    private final List<Path> made;
    private final @Nullable Manifest before;
    private final List<Optional<Manifest>> checkpoints;
    private boolean stored;

    /** What may become of that which is in a directory already. */
    public enum Use {
        /** Nothing may be there but an empty directory, or the beginning of a run that has left nothing else. */
        NEW,
        /** What an earlier run wrote may be replaced. */
        OVERWRITE,
        /** An earlier run, which was not completed or has checkpoints, goes on. */
        RESUME
    }

    /** Writes files into a directory that exists. */
    @FunctionalInterface
    public interface FilesWriter {
        /**
         * Writes them.
         *
         * @param directory an empty directory, whose content goes to the run's afterwards
         */
        void writeInto(Path directory);
    }

    private RunDirectory(Path directory, PathLock lock, List<Path> made, @Nullable Manifest before) {
        this.directory = directory;
        this.lock = lock;
        this.made = made;
        this.before = before;
        this.checkpoints = checkpoints(directory);
    }

    /** The records of the checkpoints, which tell one from another. */
    private static List<Optional<Manifest>> checkpoints(Path directory) {
        return CHECKPOINTS.stream()
                .map(name -> Ownership.manifest(directory.resolve(name)))
                .toList();
    }

    /**
     * Refuses what {@link #open} would refuse; makes and deletes nothing.
     *
     * @throws dev.graft.error.SettingsException if the directory may not be used so
     * @throws StorageException if it cannot be looked at
     */
    public static void requireUsable(Path directory, Use use) {
        try {
            RunRules.requireUsable(FileTree.real(directory), use);
        } catch (IOException | UncheckedIOException e) {
            throw AtomicFiles.unreadable(directory, e);
        }
    }

    /**
     * Takes the directory, which is made if it is not there.
     *
     * @throws dev.graft.error.SettingsException if it may not be used so
     * @throws StorageException if another process has it, or the file system refuses
     */
    public static RunDirectory open(Path directory, Use use) {
        return open(directory, real -> RunRules.requireUsable(real, use), real -> {
            if (use == Use.OVERWRITE) {
                for (String checkpoint : CHECKPOINTS) {
                    ReplacedDirectory.drop(real.resolve(checkpoint));
                }
            }
        });
    }

    /**
     * Takes the directory for a training that saves its checkpoints there; whatever else lies there stays. A thread may
     * join what it opened.
     *
     * @throws dev.graft.error.SettingsException if something else has the name of a checkpoint
     * @throws StorageException if another process has it, or the file system refuses
     */
    public static RunDirectory join(Path directory) {
        return open(directory, RunDirectory::requireOwnCheckpoints, real -> {});
    }

    private static void requireOwnCheckpoints(Path real) throws IOException {
        for (String checkpoint : CHECKPOINTS) {
            Path place = real.resolve(checkpoint);
            if (FileTree.exists(place)) {
                Ownership.requireOwn(place, Manifest.Kind.CHECKPOINT);
            }
        }
    }

    @FunctionalInterface
    private interface Step {
        void on(Path real) throws IOException;
    }

    private static RunDirectory open(Path directory, Step check, Step prepare) {
        try {
            Path real = FileTree.real(directory);
            check.on(real);
            List<Path> made = FileTree.makeDirectories(real);
            PathLock lock = locked(real);
            try {
                Leftovers.clearAway(real, lock);
                Manifest before = Ownership.manifest(real).orElse(null);
                check.on(real);
                prepare.on(real);
                Manifest now = before == null ? Manifest.begun(Manifest.Kind.RUN) : before.completed(false);
                if (!now.equals(before)) {
                    AtomicFiles.write(real.resolve(Manifest.FILE), now.toBytes());
                }
                return new RunDirectory(real, lock, made, before);
            } catch (RuntimeException | Error | IOException e) {
                lock.close();
                throw e;
            }
        } catch (IOException | UncheckedIOException e) {
            throw AtomicFiles.refused(directory, e);
        }
    }

    /** Takes the lock of a run's directory. */
    static PathLock locked(Path directory) {
        try {
            return Optional.ofNullable(PathLock.tryAcquire(directory.resolve(LOCK)))
                    .orElseThrow(() -> new StorageException(Problem.of("Another run is using this directory.")
                            .where(directory)
                            .expected("one run at a time in one directory")
                            .fix("wait until it is done, or choose another directory")));
        } catch (IOException e) {
            throw AtomicFiles.refused(directory, e);
        }
    }

    /** The directory, absolute. */
    public Path path() {
        return directory;
    }

    /** Whether the directory was a run's before it was opened. */
    public boolean wasRun() {
        return before != null && before.kind() == Manifest.Kind.RUN;
    }

    /**
     * Writes what the run gave: first the model, then the numbers that tell about it, and only when both are whole on the
     * disk do they take the place of what an earlier run left, together. If the model cannot be written, all is as it was.
     * If the numbers cannot, the model is stored all the same, and the failure is thrown afterwards.
     *
     * @throws StorageException if the file system refuses
     */
    public void store(FilesWriter model, FilesWriter numbers) {
        Path stage = directory.resolve(RunCommit.STAGE);
        try {
            FileTree.delete(stage);
            FileOperations.current().makeDirectory(stage);
            model.writeInto(stage);
            Throwable failure = null;
            try {
                numbers.writeInto(stage);
            } catch (RuntimeException | OutOfMemoryError e) {
                failure = e;
            }
            new RunCommit(directory, stage).execute(failure == null);
            stored = true;
            if (failure instanceof RuntimeException e) {
                throw e;
            } else if (failure instanceof OutOfMemoryError e) {
                throw e;
            }
        } catch (IOException | UncheckedIOException e) {
            throw AtomicFiles.refused(directory, e);
        } finally {
            FileTree.deleteQuietly(stage);
        }
    }

    /** Lets the directory go; if the run has left nothing in it, it is as it was before. */
    @Override
    public void close() {
        boolean unused = !stored && checkpoints(directory).equals(checkpoints);
        if (unused) {
            restore();
        }
        lock.close();
        if (unused) {
            dropEmpty();
        }
    }

    private void dropEmpty() {
        try {
            for (Path folder : made) {
                if (!FileTree.list(folder).isEmpty()) {
                    return;
                }
                FileOperations.current().delete(folder);
            }
        } catch (IOException e) {
            // An empty directory is no harm.
            return;
        }
    }

    private void restore() {
        try {
            Path file = directory.resolve(Manifest.FILE);
            Manifest now = Ownership.manifest(directory).orElse(null);
            if (now == null || (!now.files().isEmpty() && before == null)) {
                return;
            }
            if (before == null) {
                if (now.pending().isEmpty()) {
                    FileOperations.current().delete(file);
                }
            } else if (!before.equals(now) && before.completed(false).equals(now)) {
                AtomicFiles.write(file, before.toBytes());
            }
        } catch (IOException | StorageException e) {
            // The record then says that a run began and was not completed, which is true.
            return;
        }
    }

    static boolean isEmptyRun(Path real) throws IOException {
        for (Path entry : FileTree.list(real)) {
            if (!FileTree.isTemporary(entry) && !entry.endsWith(Manifest.FILE)) {
                return false;
            }
        }
        return !FileTree.exists(real.resolve(Manifest.FILE))
                || Ownership.manifest(real)
                        .filter(manifest -> manifest.kind() == Manifest.Kind.RUN)
                        .isPresent();
    }

    static boolean hasCheckpoints(Path real) {
        return CHECKPOINTS.stream().anyMatch(name -> Files.isDirectory(real.resolve(name)));
    }
}
