package dev.graft.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts what a run gave in the place of what an earlier run left. What told about the old model goes first, so that no
 * crash leaves it beside the new one; then the new model takes the old one's place; then comes what tells about the new.
 */
final class RunCommit {
    static final String STAGE = ".run.graft-new";
    static final String RETIRED = ".run.graft-old";

    private final Path directory;
    private final Path stage;
    private final Path retired;
    private final List<String> moved = new ArrayList<>();

    RunCommit(Path directory, Path stage) {
        this.directory = directory;
        this.stage = stage;
        this.retired = directory.resolve(RETIRED);
    }

    /**
     * Does it.
     *
     * @param complete whether nothing more is to come
     * @throws IOException if the file system refuses; before the new model is in place, all is as it was
     */
    void execute(boolean complete) throws IOException {
        Manifest old = Manifest.read(directory).orElse(Manifest.begun(Manifest.Kind.RUN));
        Map<String, FileRecord> fresh =
                new TreeMap<>(Manifest.read(stage).map(Manifest::files).orElse(Map.of()));
        List<String> folders = folders(fresh);
        Set<String> all = new TreeSet<>(old.files().keySet());
        all.addAll(old.pending());
        Set<String> stale = new TreeSet<>(all);
        all.addAll(fresh.keySet());
        record(new Manifest(old.format(), old.kind(), false, Map.of(), all));
        boolean replaced = false;
        try {
            requireOwn(folders);
            retire(stale);
            for (String folder : folders) {
                ReplacedDirectory.replace(directory.resolve(folder), stage.resolve(folder));
                replaced = true;
            }
        } catch (IOException | RuntimeException e) {
            if (!replaced) {
                bringBack();
                record(old);
            }
            throw e;
        }
        dropOldFolders(stale, folders);
        for (String name : fresh.keySet()) {
            if (!isFolder(name)) {
                put(stage.resolve(name), directory.resolve(name));
            }
        }
        record(new Manifest(old.format(), old.kind(), complete, fresh, Set.of()));
        FileTree.deleteQuietly(retired);
    }

    /** Adds the records of the directories in the stage to the files; returns the directories' names. */
    private List<String> folders(Map<String, FileRecord> fresh) throws IOException {
        List<String> folders = new ArrayList<>();
        for (Path entry : FileTree.list(stage)) {
            if (FileTree.exists(entry.resolve(Manifest.FILE))) {
                folders.add(String.valueOf(entry.getFileName()));
                fresh.put(entry.getFileName() + "/" + Manifest.FILE, FileRecord.of(entry.resolve(Manifest.FILE)));
            }
        }
        return folders;
    }

    /** Somebody may have put something into the old bundle while the run went on. */
    private void requireOwn(List<String> folders) throws IOException {
        for (String folder : folders) {
            Path old = directory.resolve(folder);
            if (FileTree.exists(old)) {
                Manifest fresh = Manifest.read(stage.resolve(folder)).orElseThrow();
                Ownership.requireOwn(old, fresh.kind());
            }
        }
    }

    private void retire(Set<String> stale) throws IOException {
        FileTree.delete(retired);
        for (String name : stale) {
            if (!isFolder(name) && FileTree.exists(directory.resolve(name))) {
                put(directory.resolve(name), retired.resolve(name));
                moved.add(name);
            }
        }
    }

    private void bringBack() throws IOException {
        for (String name : moved) {
            put(retired.resolve(name), directory.resolve(name));
        }
        FileTree.deleteQuietly(retired);
    }

    /** Adapters of an earlier run say nothing about a model without. */
    private void dropOldFolders(Set<String> stale, List<String> folders) throws IOException {
        for (String name : stale) {
            String folder = name.contains("/") ? name.substring(0, name.indexOf('/')) : name;
            if (isFolder(name) && !folders.contains(folder)) {
                Path old = directory.resolve(folder);
                if (Files.isSymbolicLink(old)) {
                    FileOperations.current().delete(old);
                } else if (FileTree.exists(old.resolve(Manifest.FILE))
                        && Ownership.foreign(old, Manifest.read(old).orElseThrow())
                                .isEmpty()) {
                    ReplacedDirectory.drop(old);
                }
            } else if (!isFolder(name)) {
                dropEmptyParents(directory.resolve(name));
            }
        }
    }

    private void dropEmptyParents(Path file) throws IOException {
        for (Path folder = file.getParent();
                folder != null && !folder.equals(directory) && FileTree.exists(folder);
                folder = folder.getParent()) {
            if (!FileTree.list(folder).isEmpty()) {
                return;
            }
            FileOperations.current().delete(folder);
        }
    }

    private static boolean isFolder(String name) {
        return name.endsWith("/" + Manifest.FILE);
    }

    private static void put(Path from, Path to) throws IOException {
        FileTree.makeDirectories(FileTree.parent(to));
        FileOperations.current().rename(from, to);
    }

    private void record(Manifest manifest) {
        AtomicFiles.write(directory.resolve(Manifest.FILE), manifest.toBytes());
    }
}
