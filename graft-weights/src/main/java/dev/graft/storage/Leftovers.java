package dev.graft.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Finds what dead processes left under hidden names in a directory, and brings it back or clears it away. */
final class Leftovers {
    private Leftovers() {}

    /**
     * Clears a run's directory and the folders in it. What a living process is writing stays.
     *
     * @param held the directory's lock, which the caller has
     */
    static void clearAway(Path directory, PathLock held) throws IOException {
        FileTree.deleteQuietly(directory.resolve(RunCommit.STAGE));
        FileTree.deleteQuietly(directory.resolve(RunCommit.RETIRED));
        clear(directory, held);
    }

    private static void clear(Path directory, PathLock held) throws IOException {
        for (Path entry : FileTree.list(directory)) {
            String name = String.valueOf(entry.getFileName());
            if (FileTree.isTemporary(entry)) {
                if (!held.isOn(entry)) {
                    clear(entry, name);
                }
            } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                clear(entry, held);
            }
        }
    }

    private static void clear(Path entry, String name) throws IOException {
        if (!FileTree.exists(entry)) {
            return;
        }
        int suffix = name.lastIndexOf(".graft-");
        Path target = entry.resolveSibling(name.substring(1, suffix));
        boolean file = name.endsWith("-part");
        PathLock lock = PathLock.tryAcquire(file ? entry : FileTree.sibling(target, "lock"));
        if (lock == null) {
            return;
        }
        try {
            if (!file) {
                ReplacedDirectory.clearAway(target);
            }
        } finally {
            lock.close();
        }
    }
}
