package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The folders that stand for classes, in the order of their names.
 *
 * @param paths a folder each
 * @param notes what was taken for what, in sentences, where it is not plain
 */
record ClassFolders(List<Path> paths, List<String> notes) {
    private static final int NAMED = 5;

    /** Copies the lists. */
    ClassFolders {
        paths = List.copyOf(paths);
        notes = List.copyOf(notes);
    }

    List<String> names() {
        return paths.stream().map(ClassFolders::name).toList();
    }

    /**
     * Finds the classes among the folders at the top, or deeper.
     *
     * @param top the folders at the top, at least one
     * @throws DataException if the classes could be the folders at the top as well as those inside them
     */
    static ClassFolders of(Path root, List<Path> top, FolderWalk walk, FolderLayout layout) {
        if (layout == FolderLayout.INNERMOST) {
            return innermost(root, top, walk);
        }
        if (layout == FolderLayout.CLASSES || top.size() == 1 || top.stream().anyMatch(walk::holdsFiles)) {
            return new ClassFolders(top, List.of());
        }
        List<List<Path>> inside = top.stream().map(walk::folders).toList();
        List<String> names =
                inside.stream().flatMap(List::stream).map(ClassFolders::name).toList();
        if (names.isEmpty()) {
            return new ClassFolders(top, List.of());
        }
        if (names.stream().allMatch(name -> Part.named(name) != null)) {
            throw partsInside(root, top, names);
        }
        Set<String> distinct = new HashSet<>(names);
        if (distinct.size() < names.size()) {
            // Folders of one name in several classes can hardly be classes themselves.
            return new ClassFolders(
                    top,
                    List.of("the folders at the top, "
                            + quoted(top.stream().map(ClassFolders::name).toList())
                            + ", are taken as the classes; those inside, such as '" + names.get(0)
                            + "', only sort their images"));
        }
        throw twoWays(root, top, inside);
    }

    /** Every folder that images lie in directly, called by its own name. */
    private static ClassFolders innermost(Path root, List<Path> top, FolderWalk walk) {
        TreeMap<String, Path> found = new TreeMap<>();
        List<Path> open = new ArrayList<>(top);
        Set<Path> seen = new HashSet<>();
        while (!open.isEmpty()) {
            Path folder = open.remove(open.size() - 1);
            if (!seen.add(FolderWalk.real(folder))) {
                throw FolderWalk.leadsBack(folder, FolderWalk.real(folder));
            }
            boolean own = walk.holdsFiles(folder);
            List<Path> inside = walk.folders(folder);
            if (own && !inside.isEmpty()) {
                throw new DataException(Problem.of("A folder of images holds images and folders.")
                        .where(folder.toAbsolutePath())
                        .expected("images alone, which makes it a class, or folders alone")
                        .found("images beside " + FolderParts.names(inside))
                        .fix("move its images into a folder of their own"));
            }
            Path twin = own ? found.put(name(folder), folder) : null;
            if (twin != null) {
                throw new DataException(Problem.of("Two folders of images have one name.")
                        .where(root.toAbsolutePath())
                        .expected("a name of its own for each class")
                        .found(root.relativize(twin) + " and " + root.relativize(folder))
                        .fix("rename one of them"));
            }
            open.addAll(inside);
        }
        List<Path> folders = found.isEmpty() ? top : List.copyOf(found.values());
        return new ClassFolders(folders, List.of());
    }

    private static DataException partsInside(Path root, List<Path> top, List<String> names) {
        String first = name(top.get(0));
        String part = names.stream()
                .filter(name -> Part.named(name) == Part.TRAIN)
                .findFirst()
                .orElse(names.get(0));
        return new DataException(Problem.of("The folders of classes are divided into parts inside.")
                .where(root.toAbsolutePath())
                .expected("parts at the top and classes inside: " + part + "/" + first)
                .found(first + "/" + part + " and others")
                .fix("move the folders, so that parts hold classes; or take all images of a class together"
                        + " (FolderLayout.CLASSES)"));
    }

    private static DataException twoWays(Path root, List<Path> top, List<List<Path>> inside) {
        List<String> outer = top.stream().map(ClassFolders::name).toList();
        List<String> inner = inside.stream()
                .flatMap(List::stream)
                .map(ClassFolders::name)
                .sorted(Comparator.naturalOrder())
                .toList();
        Path example = inside.stream().flatMap(List::stream).findFirst().orElseThrow();
        return new DataException(Problem.of("The classes of a folder of images could be meant in two ways.")
                .where(root.toAbsolutePath())
                .expected("images directly in the folder of their class: " + root.getFileName() + "/cat/1.jpg")
                .found("folders inside folders, such as " + root.relativize(example))
                .with("either", outer.size() + " classes, the folders at the top: " + quoted(outer))
                .with("or", inner.size() + " classes, the folders inside: " + quoted(inner))
                .fix(
                        "say which: those at the top (FolderLayout.CLASSES), those inside (FolderLayout.INNERMOST); or move"
                                + " the images into one folder a class"));
    }

    private static String name(Path folder) {
        return String.valueOf(folder.getFileName());
    }

    /** Names in quotes, the first few. */
    static String quoted(List<String> names) {
        String shown = names.stream().limit(NAMED).map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        return names.size() <= NAMED ? shown : shown + " and " + (names.size() - NAMED) + " more";
    }
}
