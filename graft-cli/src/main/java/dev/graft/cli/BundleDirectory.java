package dev.graft.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the bundle that a path means: the directory itself, or the bundle inside a run's directory. */
final class BundleDirectory {
    private BundleDirectory() {}

    static Path find(Path directory) {
        for (String inside : new String[] {"bundle", "backbone"}) {
            Path candidate = directory.resolve(inside);
            if (!Files.exists(directory.resolve("config.json")) && Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        return directory;
    }
}
