package dev.graft.cli;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The files that some arguments mean: a file itself, a folder with all files in it and below.
 *
 * @param paths the files, in the order of the arguments, those of a folder in the order of their names
 * @param hidden how many hidden files and folders were passed over
 */
record FilesToClassify(List<Path> paths, int hidden) {
    /**
     * Lists them.
     *
     * @throws DataException if a folder cannot be read or holds none
     */
    static FilesToClassify in(List<Path> inputs) {
        List<Path> paths = new ArrayList<>();
        int hidden = 0;
        for (Path input : inputs) {
            if (Files.isDirectory(input)) {
                Walk walk = walk(input);
                paths.addAll(walk.found);
                hidden += walk.hidden;
            } else {
                paths.add(input);
            }
        }
        return new FilesToClassify(paths, hidden);
    }

    int size() {
        return paths.size();
    }

    private static Walk walk(Path folder) {
        Walk walk = new Walk(folder);
        try {
            Files.walkFileTree(folder, walk);
        } catch (IOException e) {
            throw new DataException(
                    Problem.of("A folder cannot be read.")
                            .where(folder.toAbsolutePath())
                            .found(e)
                            .fix("change its permissions; nothing is passed over in silence"),
                    e);
        }
        if (walk.found.isEmpty()) {
            throw new DataException(Problem.of("A folder holds no files to classify.")
                    .where(folder.toAbsolutePath())
                    .expected("image files, in it or in folders inside")
                    .fix("check the path"));
        }
        Collections.sort(walk.found);
        return walk;
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<Path> found = new ArrayList<>();
        private int hidden;

        Walk(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (folder.equals(root) || !passedOver(folder)) {
                return FileVisitResult.CONTINUE;
            }
            return FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!passedOver(file) && Files.isRegularFile(file)) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        private boolean passedOver(Path path) {
            boolean dotted = String.valueOf(path.getFileName()).startsWith(".");
            hidden += dotted ? 1 : 0;
            return dotted;
        }
    }
}
