package dev.graft.fuzzing;

import dev.graft.storage.FileRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A bundle on disk with one file of other content; its directory is written once, and then only what changes. */
final class ChangedBundle {
    /** The record of the other files' digests. */
    static final String RECORD = "graft.json";

    private static final List<String> CONFIGS = List.of("config.json", "adapter.json");
    private static final Map<String, Path> WRITTEN = new HashMap<>();

    private ChangedBundle() {}

    /** Without its record, and with a config that states the changed file's own digest. */
    static Path of(Map<String, byte[]> bundle, String name, byte[] content) throws IOException {
        Map<String, byte[]> files = new TreeMap<>(bundle);
        files.remove(RECORD);
        Path directory = directory(files, name);
        Scratch.file(directory.resolve(name).toString(), content);
        byte[] before = files.get(name);
        for (String config : CONFIGS) {
            if (before != null && files.containsKey(config) && !config.equals(name)) {
                String fitting = new String(files.get(config), StandardCharsets.UTF_8)
                        .replace(
                                FileRecord.of(before).sha256(),
                                FileRecord.of(content).sha256());
                Scratch.file(directory.resolve(config).toString(), fitting.getBytes(StandardCharsets.UTF_8));
            }
        }
        return directory;
    }

    /** With everything as it was written but for this file. */
    static Path withRecord(Map<String, byte[]> bundle, String name, byte[] content) throws IOException {
        Path directory = directory(bundle, name);
        Scratch.file(directory.resolve(name).toString(), content);
        return directory;
    }

    private static Path directory(Map<String, byte[]> files, String name) throws IOException {
        String key =
                "bundle-" + System.identityHashCode(files.values().iterator().next()) + "-" + name;
        Path directory = WRITTEN.get(key);
        if (directory == null) {
            directory = Scratch.directory(key, files);
            WRITTEN.put(key, directory);
        }
        return directory;
    }
}
