package dev.graft.storage;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A few files that belong together and lie among others. A {@link Manifest} of their own beside them tells that Graft wrote
 * them.
 */
public final class FileGroup {
    private final Path record;
    private final List<String> names;

    /**
     * Names the files; looks at none of them.
     *
     * @param record the file that lists them, in their directory
     * @param names the files' names
     */
    public FileGroup(Path record, Collection<String> names) {
        this.record = record;
        this.names = List.copyOf(names);
    }

    /**
     * Refuses what {@link #write} would refuse; makes and deletes nothing.
     *
     * @param overwrite whether files that Graft wrote may be replaced
     * @throws SettingsException if one of the files is there and may not be replaced
     * @throws StorageException if one of them cannot be looked at
     */
    public void requireReplaceable(boolean overwrite) {
        Optional<Manifest> manifest = manifest();
        List<String> there = new ArrayList<>(
                names.stream().filter(name -> FileTree.exists(file(name))).toList());
        List<String> foreign = new ArrayList<>(there);
        foreign.removeIf(name -> manifest.filter(one -> one.lists(name)).isPresent() && !Files.isDirectory(file(name)));
        if (manifest.isEmpty() && FileTree.exists(record)) {
            there.add(0, String.valueOf(record.getFileName()));
            foreign.add(0, String.valueOf(record.getFileName()));
        }
        if (!overwrite && !there.isEmpty()) {
            throw new SettingsException(Problem.of("The output file is there already.")
                    .where(record.toAbsolutePath().resolveSibling(there.get(0)))
                    .expected("no file of that name yet")
                    .fix("choose another name, or allow overwriting what Graft wrote"));
        }
        if (!foreign.isEmpty()) {
            throw new SettingsException(Problem.of("Will not overwrite a file that Graft did not write.")
                    .where(record.toAbsolutePath().resolveSibling(foreign.get(0)))
                    .expected("a file that " + record.getFileName() + " beside it lists")
                    .fix("choose another name, or move the file away"));
        }
    }

    /**
     * Writes all files; they take the places of old ones only when all are whole on the disk.
     *
     * @param overwrite whether files that Graft wrote may be replaced
     * @param writer writes each of the files that were named
     * @throws SettingsException if one of the files is there and may not be replaced
     * @throws StorageException if another process writes them, or the file system refuses
     */
    public void write(boolean overwrite, AtomicFiles.DirectoryWriter writer) {
        try {
            Path real = FileTree.resolve(record);
            PathLock lock = Optional.ofNullable(PathLock.tryAcquire(FileTree.sibling(real, "lock")))
                    .orElseThrow(() -> new StorageException(Problem.of("Another process is writing here.")
                            .where(real)
                            .fix("wait until it is done, or choose another name")));
            Path stage = FileTree.sibling(real, "new");
            try {
                FileTree.delete(stage);
                requireReplaceable(overwrite);
                NewDirectory directory = new NewDirectory(stage);
                writer.writeInto(directory);
                directory.finish(Manifest.Kind.FILES);
                requireReplaceable(overwrite);
                commit(stage);
            } finally {
                FileTree.deleteQuietly(stage);
                lock.close();
            }
        } catch (IOException | UncheckedIOException e) {
            throw AtomicFiles.refused(record, e);
        }
    }

    /** All old files but the first go before the first new one comes, so that no crash leaves old beside new. */
    private void commit(Path stage) throws IOException {
        Manifest fresh = Manifest.read(stage).orElseThrow();
        AtomicFiles.write(
                record,
                fresh.with(Map.of(), new TreeSet<>(names)).completed(false).toBytes());
        for (String name : names.subList(1, names.size())) {
            FileOperations.current().delete(file(name));
        }
        for (String name : names) {
            FileOperations.current().rename(stage.resolve(name), file(name));
        }
        FileTree.syncDirectory(FileTree.parent(record.toAbsolutePath()));
        AtomicFiles.write(record, fresh.toBytes());
    }

    private Optional<Manifest> manifest() {
        try {
            return Manifest.readFile(record).filter(manifest -> manifest.kind() == Manifest.Kind.FILES);
        } catch (StorageException e) {
            return Optional.empty();
        }
    }

    private Path file(String name) {
        return record.resolveSibling(name);
    }
}
