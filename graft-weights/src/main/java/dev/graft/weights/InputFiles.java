package dev.graft.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Opens files that come from outside: regular ones alone. A named pipe would wait for ever for its other end, a device may
 * never end, and reading from either changes it. Links are followed.
 */
public final class InputFiles {
    private static final int KIND = 0xF000;

    private InputFiles() {}

    /**
     * Opens a file to be read from its beginning; the caller closes it.
     *
     * @throws IOException if it is no regular file, and then before it is opened; or if it cannot be read
     */
    public static InputStream open(Path file) throws IOException {
        requireRegular(file);
        return Files.newInputStream(file);
    }

    /**
     * Reads a whole file, of less than 2 GiB.
     *
     * @throws IOException as {@link #open}
     */
    public static byte[] readAllBytes(Path file) throws IOException {
        requireRegular(file);
        return Files.readAllBytes(file);
    }

    /**
     * Reads a whole file as text in UTF-8.
     *
     * @throws IOException as {@link #open}; also if it is not UTF-8
     */
    public static String readString(Path file) throws IOException {
        requireRegular(file);
        return Files.readString(file);
    }

    /**
     * Checks that a path leads to a regular file, without opening it.
     *
     * @throws FileSystemException if it is a directory, a named pipe, a device or a socket; its reason says which
     * @throws IOException if there is nothing, or its attributes cannot be read
     */
    public static void requireRegular(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            String kind = attributes.isDirectory() ? "a directory" : special(file);
            throw new FileSystemException(file.toString(), null, "it is " + kind + ", not a regular file");
        }
    }

    /** What is neither file nor directory, by the type bits of its mode where the system has them. */
    private static String special(Path file) {
        try {
            return switch (((Integer) Files.getAttribute(file, "unix:mode")) & KIND) {
                case 0x1000 -> "a named pipe (FIFO)";
                case 0x2000, 0x6000 -> "a device";
                case 0xC000 -> "a socket";
                default -> "a special file";
            };
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "a special file";
        }
    }
}
