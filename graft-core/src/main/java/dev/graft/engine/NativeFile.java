package dev.graft.engine;

import dev.graft.weights.InputFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A native library on the class path.
 *
 * @param name of the file that it is unpacked to
 * @param source where it lies
 * @param bytes how long it is; negative if that is not known
 * @param checksum its CRC-32; negative if that is not known
 */
record NativeFile(String name, URL source, long bytes, long checksum) {
    private static final int BUFFER = 1 << 20;

    /** Finds a library; null if the class path has none of this name. */
    static @Nullable NativeFile find(String resource, String name) throws IOException {
        URL url = NativeLibraries.loader().getResource(resource);
        if (url == null) {
            return null;
        }
        URLConnection connection = url.openConnection();
        if (connection instanceof JarURLConnection inJar) {
            // Otherwise the jar stays open.
            inJar.setUseCaches(false);
            try (JarFile jar = inJar.getJarFile()) {
                JarEntry entry = jar.getJarEntry(inJar.getEntryName());
                return new NativeFile(name, url, entry.getSize(), entry.getCrc());
            }
        }
        try (InputStream content = connection.getInputStream()) {
            // Opened to be closed: to ask for the length opens it.
            Objects.requireNonNull(content);
            return new NativeFile(name, url, connection.getContentLengthLong(), -1);
        }
    }

    /** Copies its content. */
    void unpack(OutputStream target) throws IOException {
        URLConnection connection = source.openConnection();
        connection.setUseCaches(false);
        try (InputStream content = connection.getInputStream()) {
            content.transferTo(target);
        }
    }

    /** Whether the file in a directory is as long as it should be. */
    boolean isComplete(Path directory) throws IOException {
        Path file = directory.resolve(name);
        return Files.isRegularFile(file) && (bytes < 0 || Files.size(file) == bytes);
    }

    /** Whether the file in a directory has the right content. */
    boolean isWhole(Path directory) throws IOException {
        if (!isComplete(directory)) {
            return false;
        }
        if (checksum < 0) {
            return true;
        }
        CRC32 found = new CRC32();
        try (InputStream content = new CheckedInputStream(
                new BufferedInputStream(InputFiles.open(directory.resolve(name)), BUFFER), found)) {
            byte[] buffer = new byte[BUFFER];
            while (content.read(buffer) >= 0) {
                // The stream counts.
            }
        }
        return found.getValue() == checksum;
    }

    /** What changes when somebody writes to the file in a directory. */
    String state(Path directory) throws IOException {
        BasicFileAttributes now =
                Files.readAttributes(directory.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return String.join(
                " ", name, "" + now.size(), now.lastModifiedTime().toString(), now.fileKey() + "", "" + checksum);
    }
}
