package dev.graft.image;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A folder for each class, image files inside, at any depth. Classes and files are taken in the order of their names;
 * hidden files and those that operating systems leave behind are counted and passed over.
 */
public final class ImageFolder {
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
     *     names differ by case alone, or a link that leads nowhere, in circles or outside
     */
    public static LabeledFiles of(Path root, FolderRules rules) {
        requireFolder(root);
        FolderWalk walk = new FolderWalk(root, rules);
        List<Path> classes = classFolders(root, walk);
        List<String> names =
                classes.stream().map(path -> path.getFileName().toString()).toList();
        if (names.stream().allMatch(ImageDataset::namesPart)) {
            throw new DataException(Problem.of("A folder of images is divided into parts, not into classes.")
                    .where(root.toAbsolutePath())
                    .expected(layout(root))
                    .found(String.join(", ", names))
                    .fix("read it with ImageDataset.of, or name one of the parts"));
        }
        requireDistinct(root, names);
        if (classes.size() == 1) {
            throw new DataException(Problem.of("A folder of images has one class only.")
                    .where(root.toAbsolutePath())
                    .expected("two class folders or more")
                    .found(names.get(0))
                    .fix("add a folder with images of another class; one class leaves nothing to tell apart"));
        }
        return list(root, names, classes, walk, rules.allowEmptyClasses());
    }

    /**
     * Lists a part of divided data, whose classes another part has named.
     *
     * @throws DataException if it has a class that the other part lacks
     */
    static LabeledFiles part(Path root, List<String> classNames, FolderRules rules) {
        FolderWalk walk = new FolderWalk(root, rules);
        List<String> unknown = classFolders(root, walk).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> !classNames.contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw new DataException(Problem.of("A part of the data has classes that the training part lacks.")
                    .where(root.toAbsolutePath())
                    .expected(String.join(", ", classNames))
                    .found(String.join(", ", unknown))
                    .fix("add training images of these classes, or remove their folders here"));
        }
        return list(root, classNames, classNames.stream().map(root::resolve).toList(), walk, true);
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
            names.addAll(files);
            counts[label] = files.size();
        }
        int[] labels = new int[names.size()];
        for (int label = 0, next = 0; label < counts.length; label++) {
            for (int i = 0; i < counts[label]; i++) {
                labels[next++] = label;
            }
        }
        List<String> warnings = new ArrayList<>(ClassBalance.warnings(classNames, counts));
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

    private static List<Path> classFolders(Path root, FolderWalk walk) {
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
            throw new DataException(Problem.of("There is no folder of images at this path.")
                    .where(root.toAbsolutePath())
                    .expected("a folder with " + layout(root))
                    .found(Files.exists(root) ? "a file" : "nothing")
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
        if (name != null && above != null && ImageDataset.namesPart(name.toString())) {
            return above.toString();
        }
        return name == null ? root.toString() : name.toString();
    }
}
