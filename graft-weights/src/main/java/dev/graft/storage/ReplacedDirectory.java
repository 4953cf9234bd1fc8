package dev.graft.storage;

import java.io.IOException;
import java.nio.file.Path;

/** The renames that put a directory in the place of another, and what undoes or finishes them after a crash. */
final class ReplacedDirectory {
    private ReplacedDirectory() {}

    /** Puts the new one in place; the old one, which may be absent, is deleted. */
    static void replace(Path real, Path fresh) throws IOException {
        FileOperations operations = FileOperations.current();
        Path old = FileTree.sibling(real, "old");
        boolean replaced = FileTree.exists(real);
        if (replaced) {
            operations.rename(real, old);
        }
        try {
            operations.rename(fresh, real);
        } catch (IOException e) {
            if (replaced) {
                try {
                    operations.rename(old, real);
                } catch (IOException again) {
                    // It lies aside, whole, and comes back with the next reader or writer.
                    e.addSuppressed(again);
                }
            }
            throw e;
        }
        FileTree.syncDirectory(FileTree.parent(real));
        discard(real, old);
    }

    /** Brings back or clears away what a crash left aside; says whether the old directory was brought back. */
    static boolean recover(Path real) throws IOException {
        Path old = FileTree.sibling(real, "old");
        if (!FileTree.exists(old)) {
            return false;
        }
        if (FileTree.exists(real)) {
            discard(real, old);
            return false;
        }
        FileOperations.current().rename(old, real);
        FileTree.syncDirectory(FileTree.parent(real));
        return true;
    }

    /** Leaves nothing beside the directory that a dead process may have left there. */
    static void clearAway(Path real) throws IOException {
        recover(real);
        FileTree.delete(FileTree.sibling(real, "new"));
        FileTree.delete(FileTree.sibling(real, "deleted"));
    }

    /** Deletes a directory, which is gone at once for every reader. */
    static void drop(Path real) throws IOException {
        if (FileTree.exists(real)) {
            Path doomed = FileTree.sibling(real, "deleted");
            FileTree.delete(doomed);
            FileOperations.current().rename(real, doomed);
            FileTree.deleteQuietly(doomed);
        }
    }

    /** Deletes under another name, so that what a crash leaves half deleted is never taken for the old directory. */
    private static void discard(Path real, Path old) {
        if (!FileTree.exists(old)) {
            return;
        }
        Path doomed = FileTree.sibling(real, "deleted");
        FileTree.deleteQuietly(doomed);
        try {
            FileOperations.current().rename(old, doomed);
        } catch (IOException e) {
            // As the new one is in place, the old one is cleared away by the next to write there.
            return;
        }
        FileTree.deleteQuietly(doomed);
    }
}
