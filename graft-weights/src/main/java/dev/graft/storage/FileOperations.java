package dev.graft.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Everything that this room asks of the file system, a method for each operation: a test can let any of them fail. */
class FileOperations {
    private static final FileOperations SYSTEM = new FileOperations();

    private static volatile FileOperations current = SYSTEM;

    FileOperations() {}

    static FileOperations current() {
        return current;
    }

    /** Puts others in the place of the system's, for tests. */
    static void use(FileOperations others) {
        current = others;
    }

    /** Puts the system's back. */
    static void useSystem() {
        current = SYSTEM;
    }

    // Not Files.createTempFile: its files are readable by their owner alone, and a rename keeps that.
    FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    void sync(FileChannel channel) throws IOException {
        channel.force(true);
    }

    /** Makes renames inside the directory survive a power cut, on the systems that can: Windows cannot and need not. */
    void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    void makeDirectory(Path directory) throws IOException {
        Files.createDirectory(directory);
    }
}
