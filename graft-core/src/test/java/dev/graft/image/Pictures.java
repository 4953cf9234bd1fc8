package dev.graft.image;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The image files that the scripts beside them wrote. */
public final class Pictures {
    private Pictures() {}

    public static byte[] bytes(String name) {
        try (InputStream in = Pictures.class.getResourceAsStream("/image/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The names of the files in a folder of theirs, the folder before each. */
    public static List<String> in(String folder) {
        try {
            Path path = Path.of(Objects.requireNonNull(Pictures.class.getResource("/image/" + folder), folder)
                    .toURI());
            try (Stream<Path> files = Files.list(path)) {
                return files.map(file -> folder + "/" + file.getFileName())
                        .sorted()
                        .toList();
            }
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    public static Path copy(String name, Path directory) {
        return write(directory.resolve(name.substring(name.indexOf('/') + 1)), bytes(name));
    }

    public static Path write(Path file, byte[] content) {
        try {
            return Files.write(file, content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
