package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a folder is divided into parts, told from names and contents.
 *
 * @param parts each part's folder; empty if the data does not come divided
 * @param notes what was taken for what, in sentences, where it is not plain
 */
record FolderParts(Map<Part, Path> parts, List<String> notes) {
    /** Copies the collections. */
    FolderParts {
        parts = Map.copyOf(parts);
        notes = List.copyOf(notes);
    }

    boolean divided() {
        return !parts.isEmpty();
    }

    /**
     * Looks at a folder.
     *
     * @throws DataException if its folders could be parts as well as classes, or two name one part
     */
    static FolderParts of(Path root, FolderRules rules) {
        if (rules.layout() == FolderLayout.CLASSES) {
            return undivided(List.of());
        }
        FolderWalk walk = new FolderWalk(root, rules);
        List<Path> folders =
                walk.entries(root).stream().filter(Files::isDirectory).toList();
        List<Path> named =
                folders.stream().filter(path -> Part.named(name(path)) != null).toList();
        List<Path> others =
                folders.stream().filter(path -> !named.contains(path)).toList();
        if (rules.layout() == FolderLayout.PARTS) {
            return divided(root, named, others);
        }
        if (named.isEmpty()) {
            return undivided(List.of());
        }
        if (others.isEmpty()) {
            boolean training = named.stream().anyMatch(path -> Part.named(name(path)) == Part.TRAIN);
            return training || named.stream().anyMatch(walk::holdsFoldersAlone)
                    ? divided(root, named, others)
                    : undivided(List.of());
        }
        if (named.stream().noneMatch(walk::holdsFoldersAlone)) {
            return undivided(List.of(names(named) + " " + (named.size() == 1 ? "is" : "are")
                    + " taken as classes like the folders beside, since images lie in them directly"));
        }
        throw twoWays(root, named, others);
    }

    private static FolderParts undivided(List<String> notes) {
        return new FolderParts(Map.of(), notes);
    }

    private static FolderParts divided(Path root, List<Path> named, List<Path> others) {
        Map<Part, Path> parts = new EnumMap<>(Part.class);
        List<String> notes = new ArrayList<>();
        for (Path path : named) {
            Part part = Part.named(name(path));
            Path twin = part == null ? null : parts.put(part, path);
            if (part == null || twin != null) {
                throw new DataException(Problem.of("Two folders are called after the same part of the data.")
                        .where(root.toAbsolutePath())
                        .expected("at most one training, one validation and one test part")
                        .found(names(List.of(twin == null ? path : twin, path)))
                        .fix("rename one after the part that it is, put both together, or read all folders as classes"
                                + " (FolderLayout.CLASSES)"));
            }
            if (!Part.usual(name(path))) {
                notes.add("'" + name(path) + "' is taken as the " + part.title() + " part");
            }
        }
        if (!others.isEmpty()) {
            notes.add(names(others) + " " + (others.size() == 1 ? "names" : "name") + " no part and "
                    + (others.size() == 1 ? "is" : "are") + " left out");
        }
        return new FolderParts(parts, notes);
    }

    /** The training part's folder. */
    Path training(Path root) {
        Path training = parts.get(Part.TRAIN);
        if (training == null) {
            throw new DataException(Problem.of("A folder of images that is divided into parts has no training part.")
                    .where(root.toAbsolutePath())
                    .expected("a folder called train")
                    .found(names(parts.values().stream().sorted().toList()))
                    .fix("call the training part's folder train"));
        }
        return training;
    }

    private static DataException twoWays(Path root, List<Path> named, List<Path> others) {
        String asParts = named.stream()
                .map(path -> {
                    Part part = Part.named(name(path));
                    return "'" + name(path) + "' as the " + (part == null ? "" : part.title() + " ") + "part";
                })
                .collect(Collectors.joining(", "));
        return new DataException(
                Problem.of("The folders of images could be parts of the data or classes.")
                        .where(root.toAbsolutePath())
                        .expected("either parts alone, such as train, val and test, or classes alone")
                        .found(names(named) + " beside " + names(others))
                        .with("either", "parts: " + asParts + ", without " + names(others))
                        .with("or", "classes: " + names(others) + " and " + names(named))
                        .fix(
                                "say which: parts (FolderLayout.PARTS), classes (FolderLayout.CLASSES); or move or rename folders"));
    }

    private static String name(Path folder) {
        return String.valueOf(folder.getFileName());
    }

    /** The folders' names in quotes, the first few. */
    static String names(List<Path> folders) {
        return ClassFolders.quoted(folders.stream().map(FolderParts::name).toList());
    }
}
