package dev.graft.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A directory that is being filled, and will appear with all its files at once. For one thread. */
public final class NewDirectory {
    private final Path place;
    private final Map<String, FileRecord> files = new TreeMap<>();

    NewDirectory(Path place) throws IOException {
        this.place = place;
        FileOperations.current().makeDirectory(place);
    }

    /**
     * Writes a file.
     *
     * @param name its path in the directory, with {@code /} between folders, which are made
     * @return what was written
     * @throws IOException if the file system refuses
     */
    public FileRecord write(String name, byte[] content) throws IOException {
        return stream(name, stream -> stream.write(content));
    }

    /**
     * Writes a file of text, as UTF-8.
     *
     * @param name its path in the directory, with {@code /} between folders, which are made
     * @return what was written
     * @throws IOException if the file system refuses
     */
    public FileRecord write(String name, String text) throws IOException {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes a file whose content need not fit into memory.
     *
     * @param name its path in the directory, with {@code /} between folders, which are made
     * @param writer writes the content
     * @return what was written
     * @throws IOException if the file system refuses
     */
    public FileRecord stream(String name, AtomicFiles.StreamWriter writer) throws IOException {
        Path file = place.resolve(name).normalize();
        if (name.equals(Manifest.FILE) || !file.startsWith(place) || file.equals(place) || files.containsKey(name)) {
            throw new IllegalArgumentException("not a name for a new file in a directory: " + name);
        }
        makeFolders(file.getParent());
        FileRecord record = store(file, writer);
        files.put(name, record);
        return record;
    }

    private void makeFolders(@Nullable Path folder) throws IOException {
        if (folder != null && !Files.isDirectory(folder)) {
            makeFolders(folder.getParent());
            FileOperations.current().makeDirectory(folder);
        }
    }

    /** Adds the record of all files, and makes the whole survive a power cut. */
    void finish(Manifest.Kind kind) throws IOException {
        byte[] manifest = Manifest.of(kind, files).toBytes();
        store(place.resolve(Manifest.FILE), stream -> stream.write(manifest));
        try (Stream<Path> paths = Files.walk(place)) {
            paths.filter(Files::isDirectory).forEach(FileTree::syncDirectory);
        }
    }

    private static FileRecord store(Path file, AtomicFiles.StreamWriter writer) throws IOException {
        try (FileChannel channel = FileOperations.current().open(file)) {
            FileRecord record = RecordingStream.fill(channel, writer);
            FileOperations.current().sync(channel);
            return record;
        }
    }
}
