package dev.graft.storage;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import dev.graft.error.VisibleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells what Graft wrote from what it did not. What is listed in a directory's {@link Manifest} is Graft's, whatever it
 * holds by now; so are the hidden names that writing needs. All else is somebody's, and is never replaced or deleted.
 */
final class Ownership {
    private static final int NAMED = 3;

    private Ownership() {}

    /**
     * Checks that a directory may be put in the place of another.
     *
     * @throws SettingsException if it may not
     */
    static void requireReplaceable(Path real, Manifest.Kind kind, boolean overwrite) throws IOException {
        if (!FileTree.exists(real)) {
            return;
        }
        if (!Files.isDirectory(real)) {
            throw new SettingsException(Problem.of("Cannot write a directory where a file is.")
                    .where(real)
                    .fix("choose another place, or move the file away"));
        }
        refuseLivedIn(real);
        if (FileTree.list(real).isEmpty()) {
            return;
        }
        if (!overwrite) {
            throw new SettingsException(Problem.of("The output directory is not empty.")
                    .where(real)
                    .expected("a new or an empty directory")
                    .found(named(FileTree.list(real), real))
                    .fix("choose another place, or allow overwriting what Graft wrote"));
        }
        requireOwn(real, kind);
    }

    /**
     * Checks that a directory holds what Graft wrote into a directory of this kind, and nothing else.
     *
     * @throws SettingsException if it does not
     */
    static void requireOwn(Path real, Manifest.Kind kind) throws IOException {
        Manifest manifest = manifest(real).orElseThrow(() -> notGrafts(real));
        if (manifest.kind() != kind) {
            throw new SettingsException(Problem.of("Will not overwrite a directory of another kind.")
                    .where(real)
                    .expected(described(kind))
                    .found(described(manifest.kind()))
                    .fix("choose another place; or delete the directory yourself, if it is of no more use"));
        }
        List<Path> foreign = foreign(real, manifest);
        if (!foreign.isEmpty()) {
            throw new SettingsException(
                    Problem.of("Will not overwrite a directory that holds what Graft did not write.")
                            .where(real)
                            .expected("nothing but the files that " + Manifest.FILE + " lists")
                            .found(named(foreign, real))
                            .fix("move them away, or choose another place"));
        }
    }

    /** What lies in a directory and is not Graft's. */
    static List<Path> foreign(Path directory, Manifest manifest) throws IOException {
        List<Path> foreign = new ArrayList<>();
        collect(directory, "", manifest, foreign);
        return foreign;
    }

    private static void collect(Path folder, String prefix, Manifest manifest, List<Path> foreign) throws IOException {
        for (Path entry : FileTree.list(folder)) {
            String name = prefix + entry.getFileName();
            if (name.equals(Manifest.FILE) || FileTree.isTemporary(entry)) {
                continue;
            }
            if (!Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                if (!manifest.lists(name) && !isLinkToOwn(entry, manifest)) {
                    foreign.add(entry);
                }
            } else if (manifest.kind() == Manifest.Kind.RUN
                    && prefix.isEmpty()
                    && manifest(entry).isPresent()) {
                foreign.addAll(foreign(entry, manifest(entry).get()));
            } else if (manifest.listsBelow(name)) {
                collect(entry, name + "/", manifest, foreign);
            } else if (manifest.kind() != Manifest.Kind.RUN || !holdsNothing(entry)) {
                foreign.add(entry);
            }
        }
    }

    /** A folder without a file is nobody's loss: a disk that was full when a folder's files were due leaves one. */
    private static boolean holdsNothing(Path folder) throws IOException {
        for (Path entry : FileTree.list(folder)) {
            boolean empty = FileTree.isTemporary(entry)
                    || (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && holdsNothing(entry));
            if (!empty) {
                return false;
            }
        }
        return true;
    }

    /** A run's bundle may lie elsewhere, behind a link, which is kept. */
    private static boolean isLinkToOwn(Path entry, Manifest manifest) {
        return manifest.kind() == Manifest.Kind.RUN
                && Files.isDirectory(entry)
                && manifest(entry).isPresent();
    }

    /** The record of a directory, if it can be read. */
    static Optional<Manifest> manifest(Path directory) {
        try {
            return Manifest.read(directory);
        } catch (StorageException e) {
            return Optional.empty();
        }
    }

    private static void refuseLivedIn(Path real) {
        Path home = Path.of(System.getProperty("user.home", "")).toAbsolutePath();
        Path here = Path.of("").toAbsolutePath();
        if (home.startsWith(real) || here.startsWith(real)) {
            throw new SettingsException(
                    Problem.of("Will not replace the home directory, the working directory or one above them.")
                            .where(real)
                            .fix("name a directory of its own for the output"));
        }
    }

    private static SettingsException notGrafts(Path real) {
        List<Path> content;
        try {
            content = FileTree.list(real);
        } catch (IOException e) {
            throw AtomicFiles.unreadable(real, e);
        }
        return new SettingsException(Problem.of("Will not overwrite a directory that Graft did not write.")
                .where(real)
                .expected("a directory with " + Manifest.FILE + ", in which Graft lists what it wrote")
                .found(named(content, real))
                .fix("choose another place; or, if an earlier version of Graft wrote it and it is of no more use,"
                        + " delete it yourself"));
    }

    /** The first few names, and how many there are. */
    static String named(List<Path> paths, Path directory) {
        String first = paths.stream()
                .limit(NAMED)
                .map(path -> VisibleText.line(directory.relativize(path).toString()))
                .collect(Collectors.joining(", "));
        return paths.size() > NAMED ? first + " and " + (paths.size() - NAMED) + " more" : first;
    }

    static String described(Manifest.Kind kind) {
        return switch (kind) {
            case RUN -> "the directory of a run";
            case BUNDLE -> "a bundle";
            case ADAPTERS -> "adapters";
            case EXPORT -> "an exported network";
            case CHECKPOINT -> "a checkpoint";
            case HEAT_MAPS -> "heat maps";
            case FILES -> "files";
        };
    }
}
