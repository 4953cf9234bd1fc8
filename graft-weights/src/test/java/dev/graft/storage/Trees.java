package dev.graft.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What lies in a directory and in those below it. */
final class Trees {
    private Trees() {}

    /** The paths of all files, sorted. */
    static List<String> files(Path root) {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The paths of all files and what each holds. */
    static List<String> contents(Path root) {
        return files(root).stream()
                .map(name -> name + ": " + content(root.resolve(name)))
                .toList();
    }

    private static String content(Path file) {
        try {
            return Files.isSymbolicLink(file) ? "a link" : FileRecord.of(file).sha256();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
