package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for each class, image files inside, at any depth. Classes and files are taken in the order of their names;
 * hidden files and those that operating systems leave behind are counted and passed over.
 */
public final class ImageFolder {
    private static final Logger LOG = LoggerFactory.getLogger(ImageFolder.class);

    private ImageFolder() {}

    /**
     * Lists a folder by the {@linkplain FolderRules#defaults() default rules}.
     *
     * @throws DataException as {@link #of(Path, FolderRules)}
     */
    public static LabeledFiles of(Path root) {
        return of(root, FolderRules.defaults());
    }

    /**
     * Lists a folder.
     *
     * @throws DataException if it is missing, cannot be read, has fewer than two class folders, an empty one, two whose
     *     names differ by case alone, or a link that leads nowhere, in circles or outside; also if it is divided into parts,
     *     or its classes could be meant in two ways and the rules do not say which
     */
    public static LabeledFiles of(Path root, FolderRules rules) {
        requireFolder(root);
        FolderParts parts = FolderParts.of(root, rules);
        if (parts.divided()) {
            throw divided(
                    root,
                    parts.parts().values().stream()
                            .map(path -> path.getFileName().toString())
                            .sorted()
                            .toList());
        }
        parts.notes().forEach(note -> LOG.warn("{}: {}", root, note));
        return classes(root, rules);
    }

    /** Lists a folder that is known not to be divided into parts. */
    static LabeledFiles classes(Path root, FolderRules rules) {
        FolderWalk walk = new FolderWalk(root, rules);
        List<Path> top = topFolders(root, walk);
        ClassFolders classes = ClassFolders.of(root, top, walk, rules.layout());
        List<String> names = classes.names();
        if (rules.layout() == FolderLayout.AUTO && names.stream().allMatch(name -> Part.named(name) != null)) {
            throw divided(root, names);
        }
        requireDistinct(root, names);
        if (names.size() == 1) {
            throw oneClass(root, classes.paths().get(0), walk);
        }
        classes.notes().forEach(note -> LOG.warn("{}: {}", root, note));
        LabeledFiles files = list(root, names, classes.paths(), walk, rules.allowEmptyClasses());
        if (rules.layout() == FolderLayout.AUTO && classes.notes().isEmpty()) {
            sayWhatLiesDeeper(root, files);
        }
        return files;
    }

    private static void sayWhatLiesDeeper(Path root, LabeledFiles files) {
        long deeper = IntStream.range(0, files.size())
                .filter(i -> files.file(i).getNameCount() > root.getNameCount() + 2)
                .count();
        if (deeper > 0) {
            LOG.warn(
                    "{}: {} of {} images lie in folders inside their class's folder and count to that class",
                    root,
                    deeper,
                    files.size());
        }
    }

    private static DataException divided(Path root, List<String> names) {
        return new DataException(Problem.of("A folder of images is divided into parts, not into classes.")
                .where(root.toAbsolutePath())
                .expected(layout(root))
                .found(Excerpt.list(names))
                .fix("read it with ImageDataset.of, or name one of the parts"));
    }

    private static DataException oneClass(Path root, Path only, FolderWalk walk) {
        Problem problem = Problem.of("A folder of images has one class only.")
                .where(root.toAbsolutePath())
                .expected("two class folders or more")
                .found(only.getFileName());
        return new DataException(
                walk.folders(only).size() > 1
                        ? problem.with("likely", "the folders inside it are the classes")
                                .fix("read " + only)
                        : problem.fix(
                                "add a folder with images of another class; one class leaves nothing to tell apart"));
    }

    /**
     * Lists a part of divided data, whose classes another part has named.
     *
     * @throws DataException if it has a class that the other part lacks
     */
    static LabeledFiles part(Path root, List<String> classNames, FolderRules rules) {
        FolderWalk walk = new FolderWalk(root, rules);
        List<Path> found = known(root, classNames, walk, rules.layout());
        List<String> unknown = found.stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> !classNames.contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw new DataException(Problem.of("A part of the data has classes that the training part lacks.")
                    .where(root.toAbsolutePath())
                    .expected(Excerpt.list(classNames))
                    .found(Excerpt.list(unknown))
                    .fix("add training images of these classes, or remove their folders here"));
        }
        Map<String, Path> folders = new HashMap<>();
        found.forEach(path -> folders.put(path.getFileName().toString(), path));
        return list(
                root,
                classNames,
                classNames.stream()
                        .map(name -> folders.getOrDefault(name, root.resolve(name)))
                        .toList(),
                walk,
                true);
    }

    /** Known classes, and after them those that other folders at the top are called after. */
    static List<String> namesBeside(Path root, List<String> classNames, FolderRules rules) {
        List<String> names = new ArrayList<>(classNames);
        new FolderWalk(root, rules)
                .folders(root).stream()
                        .map(path -> path.getFileName().toString())
                        .filter(name -> !classNames.contains(name))
                        .sorted()
                        .forEach(names::add);
        return names;
    }

    /** The folders of known classes: those at the top, or the innermost if only they are called after classes. */
    private static List<Path> known(Path root, List<String> classNames, FolderWalk walk, FolderLayout layout) {
        List<Path> top = topFolders(root, walk);
        boolean plain = layout != FolderLayout.INNERMOST && called(top, classNames);
        if (plain || layout == FolderLayout.CLASSES || top.stream().anyMatch(walk::holdsFiles)) {
            return top;
        }
        List<Path> innermost =
                ClassFolders.of(root, top, walk, FolderLayout.INNERMOST).paths();
        if (layout != FolderLayout.INNERMOST && called(innermost, classNames)) {
            LOG.warn("{}: the innermost folders are taken as the classes, since they are called after them", root);
        }
        return layout == FolderLayout.INNERMOST || called(innermost, classNames) ? innermost : top;
    }

    /** Whether all folders at the top are called after known classes, whatever else they could be called after. */
    static boolean holdsClasses(Path root, List<String> classNames, FolderRules rules) {
        return called(new FolderWalk(root, rules).folders(root), classNames);
    }

    private static boolean called(List<Path> folders, List<String> classNames) {
        return folders.stream()
                .allMatch(path -> classNames.contains(path.getFileName().toString()));
    }

    private static LabeledFiles list(
            Path root, List<String> classNames, List<Path> folders, FolderWalk walk, boolean allowEmpty) {
        List<String> names = new ArrayList<>();
        int[] counts = new int[folders.size()];
        for (int label = 0; label < counts.length; label++) {
            Path folder = folders.get(label);
            List<String> files = Files.isDirectory(folder) ? walk.files(folder) : List.of();
            if (files.isEmpty() && !allowEmpty) {
                throw new DataException(Problem.of("A class folder holds no files.")
                        .where(folder.toAbsolutePath())
                        .expected("image files")
                        .fix("add images of this class, remove the folder, or allow empty classes"));
            }
            if (!files.isEmpty() && files.stream().allMatch(FolderWalk::isText)) {
                throw new DataException(Problem.of("A class folder holds texts, not images.")
                        .where(folder.toAbsolutePath())
                        .expected("image files")
                        .found(files.size() + " files such as " + files.get(0))
                        .fix("write the texts into a table, one row each, with the columns text and label"));
            }
            names.addAll(files);
            counts[label] = files.size();
        }
        int[] labels = new int[names.size()];
        for (int label = 0, next = 0; label < counts.length; label++) {
            for (int i = 0; i < counts[label]; i++) {
                labels[next++] = label;
            }
        }
        List<String> warnings = new ArrayList<>(ClassCounts.warnings(classNames, counts, "images"));
        if (walk.ignored() > 0) {
            warnings.add(walk.ignored() + " hidden or stray files were passed over");
        }
        return FileImages.all(new FileList(
                name(root),
                classNames,
                folders,
                names.toArray(String[]::new),
                labels,
                new Listing(names.size(), 0, walk.ignored(), warnings)));
    }

    private static List<Path> topFolders(Path root, FolderWalk walk) {
        List<Path> entries = walk.entries(root);
        List<Path> folders = entries.stream().filter(Files::isDirectory).toList();
        walk.ignore(entries.size() - folders.size());
        if (folders.isEmpty()) {
            throw new DataException(Problem.of("A folder of images has no class folders.")
                    .where(root.toAbsolutePath())
                    .expected(layout(root))
                    .found(entries.isEmpty() ? "nothing inside" : entries.size() + " files and no folder")
                    .fix("put the images of each class into a folder with the class's name"));
        }
        return folders;
    }

    static void requireFolder(Path root) {
        if (!Files.isDirectory(root)) {
            boolean there = Files.exists(root);
            throw new DataException(
                    Problem.of(there ? "There is no folder of images at this path." : "There is nothing at this path.")
                            .where(root.toAbsolutePath())
                            .expected("a folder with " + layout(root)
                                    + (there ? "" : ", or a table of images or texts with labels"))
                            .found(there ? "a file" : "nothing")
                            .fix("check the path"));
        }
    }

    private static String layout(Path root) {
        return "one folder a class: " + root + "/cat/1.jpg, " + root + "/dog/1.jpg";
    }

    /** Some file systems keep such names apart and others do not: the data would change with the machine. */
    private static void requireDistinct(Path root, List<String> names) {
        Map<String, String> seen = new HashMap<>();
        for (String name : names) {
            String folded = Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
            String other = seen.put(folded, name);
            if (other != null) {
                throw new DataException(
                        Problem.of("Two classes have names that differ by case or accents' coding only.")
                                .where(root.toAbsolutePath())
                                .found("'" + other + "' and '" + name + "'")
                                .fix("put both into one folder, or give one another name"));
            }
        }
    }

    /** The folder's own name; of a part of divided data, such as {@code flowers/train}, the name of the whole. */
    static String name(Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        Path name = absolute.getFileName();
        Path above = absolute.getParent() == null ? null : absolute.getParent().getFileName();
        if (name != null && above != null && Part.named(name.toString()) != null) {
            return above.toString();
        }
        return name == null ? root.toString() : name.toString();
    }
}
