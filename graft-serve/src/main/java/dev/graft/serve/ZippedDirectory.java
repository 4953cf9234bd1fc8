package dev.graft.serve;

import dev.graft.error.Problem;
import dev.graft.error.Reason;
import dev.graft.error.StorageException;
import dev.graft.storage.TemporaryDirectory;
import dev.graft.weights.InputFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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

    /**
     * The content of a ZIP file. The same files give the same bytes.
     *
     * @throws StorageException if the file system refuses
     */
    static byte[] of(Writer writer) {
        try (TemporaryDirectory room = new TemporaryDirectory("graft-serve-")) {
            Path directory = room.path().resolve("model");
            writer.write(directory);
            return zip(directory);
        } catch (IOException e) {
            throw new StorageException(
                    Problem.of("What was learned cannot be packed.").found(Reason.of(e)), e);
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
                zip.write(InputFiles.readAllBytes(file));
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
}
