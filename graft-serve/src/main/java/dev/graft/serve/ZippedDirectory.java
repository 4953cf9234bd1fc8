package dev.graft.serve;

import dev.graft.error.Problem;
import dev.graft.error.Reason;
import dev.graft.error.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes one file of a directory that is written for that alone, and removed again. */
final class ZippedDirectory {
    private ZippedDirectory() {}

    /** Writes into a directory. */
    interface Writer {
        /**
         * Writes.
         *
         * @param directory is not there yet
         */
        void write(Path directory);
    }

    /** The content of a ZIP file. The same files give the same bytes. */
    static byte[] of(Writer writer) {
        try {
            Path room = Files.createTempDirectory("graft-serve-");
            try {
                Path directory = room.resolve("model");
                writer.write(directory);
                return zip(directory);
            } finally {
                remove(room);
            }
        } catch (IOException e) {
            throw new StorageException(
                    Problem.of("What was learned cannot be packed.")
                            .where(System.getProperty("java.io.tmpdir"))
                            .expected("room for a model's files")
                            .found(Reason.of(e))
                            .fix("free some space, or set -Djava.io.tmpdir to another disk"),
                    e);
        }
    }

    private static byte[] zip(Path directory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Path file : files(directory)) {
                ZipEntry entry =
                        new ZipEntry(directory.relativize(file).toString().replace('\\', '/'));
                entry.setLastModifiedTime(FileTime.fromMillis(0));
                zip.putNextEntry(entry);
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void remove(Path room) throws IOException {
        try (Stream<Path> all = Files.walk(room)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }
}
