package dev.graft.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a directory holds, to be compared with what it holds later. */
final class TreeDigest {
    private TreeDigest() {}

    /** Each file with its time of change and a hash of its content. */
    static SortedMap<String, String> of(Path root) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String content = Files.isRegularFile(path) ? " " + Arrays.hashCode(Files.readAllBytes(path)) : "";
                files.put(root.relativize(path).toString(), Files.getLastModifiedTime(path) + content);
            }
        }
        return files;
    }
}
