package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Image files with and without labels, however they lie: in one folder, in a folder for each class, in a list. */
public final class PartlyLabeledImages {
    private PartlyLabeledImages() {}

    /**
     * All image files in a folder and below, without labels, in the order of their names. What lies beside images, such as lists
     * and texts, is counted and passed over.
     *
     * @throws DataException if there is no folder, it holds no image file, or has links that lead nowhere, in circles or outside
     */
    public static PartlyLabeled<LabeledFiles> unlabeled(Path root, FolderRules rules) {
        ImageFolder.requireFolder(root);
        FolderWalk walk = new FolderWalk(root, rules);
        List<String> names = walk.imageFiles(root);
        if (names.isEmpty()) {
            throw new DataException(Problem.of("A folder holds no pictures.")
                    .where(root.toAbsolutePath())
                    .expected("image files, in it or in folders inside")
                    .found(walk.ignored() == 0 ? "nothing" : walk.ignored() + " other files")
                    .fix("check the path"));
        }
        List<String> notes = walk.ignored() == 0
                ? List.of()
                : List.of(root + ": " + walk.ignored() + " files that are no images by their names were passed over");
        return new PartlyLabeled<>(
                files(root.toString(), root, names),
                names.stream().map(name -> "").toList(),
                notes);
    }

    /**
     * The image files of a folder, with labels if it has a folder for each of two classes or more, perhaps below train, val and test,
     * and no images beside these folders.
     *
     * @throws DataException as {@link #unlabeled}
     */
    public static PartlyLabeled<LabeledFiles> of(Path root, FolderRules rules) {
        ImageFolder.requireFolder(root);
        FolderWalk walk = new FolderWalk(root, rules);
        if (walk.holdsFiles(root) || walk.folders(root).size() < 2) {
            return unlabeled(root, rules);
        }
        return of(ImageDataset.of(root, rules.withEmptyClasses(true), StandardCharsets.UTF_8)
                .all());
    }

    /** Files that all have labels. */
    public static PartlyLabeled<LabeledFiles> of(LabeledFiles files) {
        return new PartlyLabeled<>(
                files,
                IntStream.range(0, files.size())
                        .mapToObj(i -> files.classNames().get(files.label(i)))
                        .toList(),
                files.listing().warnings());
    }

    /** Files in some order, without labels; none is looked at. */
    public static LabeledFiles of(String name, List<Path> paths) {
        return files(name, Path.of(""), paths.stream().map(Path::toString).toList());
    }

    private static LabeledFiles files(String name, Path folder, List<String> names) {
        return FileImages.all(new FileList(
                name,
                PartlyLabeled.NO_CLASSES,
                List.of(folder),
                names.toArray(String[]::new),
                new int[names.size()],
                new Listing(names.size(), 0, 0, List.of())));
    }
}
