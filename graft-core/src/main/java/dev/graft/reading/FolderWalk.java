package dev.graft.reading;

import dev.graft.data.FileName;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Looks through folders in the order of names: what it passes over it counts, what it cannot trust it refuses. */
final class FolderWalk {
    private static final Set<String> LEFT_BY_SYSTEMS = Set.of("thumbs.db", "desktop.ini", "__macosx");

    private static final Set<String> BESIDE_IMAGES = Set.of(
            "txt", "md", "json", "csv", "tsv", "xml", "html", "htm", "yml", "yaml", "log", "pdf", "zip", "gz", "tar",
            "py", "readme", "license");

    private final Path realRoot;
    private final FolderRules rules;
    private int ignored;

    FolderWalk(Path root, FolderRules rules) {
        this.realRoot = real(root);
        this.rules = rules;
    }

    /** How many entries were passed over so far. */
    int ignored() {
        return ignored;
    }

    void ignore(int more) {
        ignored += more;
    }

    /** The visible entries of a folder, sorted by name; links among them lead to something, inside the root. */
    List<Path> entries(Path folder) {
        List<Path> visible = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : (Iterable<Path>) entries.sorted()::iterator) {
                if (!visible(entry)) {
                    ignored++;
                } else {
                    requireTrusted(entry);
                    visible.add(entry);
                }
            }
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        return visible;
    }

    /** The visible folders directly in a folder, sorted by name; nothing is counted. */
    List<Path> folders(Path folder) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path entry : entries) {
                if (visible(entry)) {
                    requireTrusted(entry);
                    found.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw unreadable(folder, e);
        }
        return found.stream().sorted().toList();
    }

    /** Whether a folder directly holds a file that may be an image; nothing is counted. */
    boolean holdsFiles(Path folder) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (visible(entry) && !besideImages(entry) && !Files.isDirectory(entry)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException e) {
            throw unreadable(folder, e);
        }
    }

    /** Whether a folder holds folders, and no file that may be an image. */
    boolean holdsFoldersAlone(Path folder) {
        return !holdsFiles(folder) && !folders(folder).isEmpty();
    }

    private static boolean visible(Path entry) {
        String name = entry.getFileName().toString();
        return !name.startsWith(".") && !LEFT_BY_SYSTEMS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether a name says that a file is a text. */
    static boolean isText(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".txt");
    }

    /** Whether a name says that a file tells of images, and is none. */
    private static boolean besideImages(Path entry) {
        String name = entry.getFileName().toString().toLowerCase(Locale.ROOT);
        return BESIDE_IMAGES.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /** The files in a folder and in the folders inside, relative to it. */
    List<String> files(Path folder) {
        List<String> names = new ArrayList<>();
        collect(folder, "", names, new ArrayDeque<>(List.of(real(folder))));
        return names;
    }

    /** The files in a folder and in the folders inside that may be images by their names; others are counted. */
    List<String> imageFiles(Path folder) {
        List<String> all = files(folder);
        List<String> images =
                all.stream().filter(name -> !besideImages(folder.resolve(name))).toList();
        ignored += all.size() - images.size();
        return images;
    }

    private void collect(Path folder, String prefix, List<String> names, Deque<Path> above) {
        for (Path entry : entries(folder)) {
            String name = prefix + entry.getFileName();
            if (Files.isDirectory(entry)) {
                Path real = real(entry);
                if (above.contains(real)) {
                    throw leadsBack(entry, real);
                }
                above.push(real);
                collect(entry, name + "/", names, above);
                above.pop();
            } else if (Files.isRegularFile(entry)) {
                names.add(name);
            } else {
                ignored++;
            }
        }
    }

    private void requireTrusted(Path entry) {
        FileName.requireText(entry);
        if (!Files.isSymbolicLink(entry)) {
            return;
        }
        Path real;
        try {
            real = entry.toRealPath();
        } catch (IOException e) {
            throw new DataException(
                    Problem.of("A link in a folder of images leads nowhere.")
                            .where(entry.toAbsolutePath())
                            .expected("a link to a file or a folder")
                            .found(e)
                            .fix("mend the link, or remove it"),
                    e);
        }
        if (!real.startsWith(realRoot) && !rules.allowLinksOutside()) {
            throw new DataException(Problem.of("A link in a folder of images leads out of it.")
                    .where(entry.toAbsolutePath())
                    .expected("a file or folder inside " + realRoot)
                    .found(real)
                    .fix("copy the images into the folder, or allow links to the outside"));
        }
    }

    static DataException leadsBack(Path entry, Path real) {
        return new DataException(Problem.of("A folder of images leads back into itself.")
                .where(entry.toAbsolutePath())
                .found("a link to " + real)
                .fix("remove the link"));
    }

    static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static DataException unreadable(Path folder, Exception e) {
        return new DataException(
                Problem.of("A folder of images cannot be read.")
                        .where(folder.toAbsolutePath())
                        .found(e)
                        .fix("change its permissions; nothing is passed over in silence"),
                e);
    }
}
