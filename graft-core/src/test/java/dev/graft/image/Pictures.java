package dev.graft.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The image files that {@code make_pictures.py} wrote. */
final class Pictures {
    private Pictures() {}

    static byte[] bytes(String name) {
        try (InputStream in = Pictures.class.getResourceAsStream("/image/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Path copy(String name, Path directory) {
        return write(directory.resolve(name), bytes(name));
    }

    static Path write(Path file, byte[] content) {
        try {
            return Files.write(file, content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
