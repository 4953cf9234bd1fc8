package dev.graft.fuzzing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** Files for readers that take paths, in a folder of this process that goes with it. */
public final class Scratch {
    private static final Path FOLDER = create();

    private Scratch() {}

    /** A file with this content, in the place of the last one of that name. */
    public static Path file(String name, byte[] content) throws IOException {
        Path file = FOLDER.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.write(file, content);
    }

    /** A directory with these files and no others. */
    public static Path directory(String name, Map<String, byte[]> files) throws IOException {
        Path directory = empty(name);
        Files.createDirectory(directory);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.resolveSibling(""));
            Files.write(path, file.getValue());
        }
        return directory;
    }

    /** A path at which there is nothing. */
    public static Path empty(String name) throws IOException {
        Path path = FOLDER.resolve(name);
        delete(path);
        return path;
    }

    private static Path create() {
        try {
            Path folder = Files.createTempDirectory("graft-fuzzing-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    delete(folder);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
