package dev.graft.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Paths, the temporary names beside them, and deleting. */
final class FileTree {
    private static final Logger LOG = LoggerFactory.getLogger(FileTree.class);
    private static final Pattern TEMPORARY = Pattern.compile("\\..*\\.graft-(part|lock|new|old|deleted)");

    private FileTree() {}

    static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** The absolute path; of a symbolic link, what it points to, unless it leads nowhere. */
    static Path real(Path target) throws IOException {
        return Files.isSymbolicLink(target) && Files.exists(target)
                ? target.toRealPath()
                : target.toAbsolutePath().normalize();
    }

    /** The absolute path, whose parents are made. */
    static Path resolve(Path target) throws IOException {
        Path real = real(target);
        makeDirectories(parent(real));
        return real;
    }

    static Path parent(Path real) throws IOException {
        Path parent = real.getParent();
        if (parent == null) {
            throw new IOException(real + " is the root of a file system");
        }
        return parent;
    }

    /** Makes a directory and those above it; returns those that were not there, the deepest first. */
    static List<Path> makeDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> made = new ArrayList<>();
        Path parent = directory.getParent();
        if (parent != null) {
            made.addAll(makeDirectories(parent));
        }
        try {
            FileOperations.current().makeDirectory(directory);
            made.add(0, directory);
        } catch (FileAlreadyExistsException e) {
            // Another process may have made it in the meantime.
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
        return made;
    }

    /** The hidden name beside a path under which something of it is kept for a while. */
    static Path sibling(Path real, String what) {
        return real.resolveSibling("." + real.getFileName() + ".graft-" + what);
    }

    /** Whether a name is such a hidden one. */
    static boolean isTemporary(Path path) {
        return TEMPORARY.matcher(String.valueOf(path.getFileName())).matches();
    }

    static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }

    static void syncDirectory(Path directory) {
        try {
            FileOperations.current().syncDirectory(directory);
        } catch (IOException e) {
            // What was renamed is in place; only whether it survives a power cut is left to the system.
            LOG.debug("{} was not synced: {}", directory, e.toString());
        }
    }

    /** Deletes a file or a directory with all that is in it; follows no links. */
    static void delete(Path root) throws IOException {
        if (!exists(root)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> all = Files.walk(root)) {
            paths = all.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return;
        }
        for (Path path : paths) {
            FileOperations.current().delete(path);
        }
    }

    /** Deletes what is of no more use; if that fails it stays until somebody writes there again. */
    static void deleteQuietly(Path root) {
        try {
            delete(root);
        } catch (IOException | java.io.UncheckedIOException e) {
            LOG.warn("{} is left behind ({}): the next to write there deletes it", root, e.toString());
        }
    }
}
