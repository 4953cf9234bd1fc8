package dev.graft.image;

import dev.graft.data.Split;
import dev.graft.error.DataException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * People's own images, whether they come divided or not: a folder per class, the same below {@code train},
 * {@code val} ({@code valid}, {@code validation}) and {@code test}, or a CSV manifest. All parts have the training part's
 * classes.
 *
 * @param train the examples to learn from; all there are, if the data does not come divided
 * @param validation the examples to choose by, if the data names them
 * @param test the examples to judge by, if the data names them
 */
public record ImageDataset(
        LabeledFiles train,
        @Nullable LabeledFiles validation,
        @Nullable LabeledFiles test) {
    private static final Map<String, Part> PARTS = Map.of(
            "train", Part.TRAIN,
            "training", Part.TRAIN,
            "val", Part.VALIDATION,
            "valid", Part.VALIDATION,
            "validation", Part.VALIDATION,
            "test", Part.TEST);

    /** The parts that data can come divided into. */
    enum Part {
        TRAIN,
        VALIDATION,
        TEST
    }

    /** The part that a folder or an entry in a manifest names, or null. */
    static @Nullable Part part(String name) {
        return PARTS.get(name.strip().toLowerCase(Locale.ROOT));
    }

    static boolean namesPart(String name) {
        return part(name) != null;
    }

    /**
     * Reads a folder or a manifest by the {@linkplain FolderRules#defaults() default rules}.
     *
     * @throws DataException as {@link ImageFolder#of(Path, FolderRules)} or {@link ImageManifest#of(Path)}
     */
    public static ImageDataset of(Path path) {
        return of(path, FolderRules.defaults(), StandardCharsets.UTF_8);
    }

    /**
     * Reads a folder or a manifest.
     *
     * @param rules for a folder
     * @param charset the encoding of a manifest
     * @throws DataException as {@link ImageFolder#of(Path, FolderRules)} or {@link ImageManifest#of(Path)}; also if a part
     *     has classes that the training part lacks
     */
    public static ImageDataset of(Path path, FolderRules rules, Charset charset) {
        if (Files.isRegularFile(path)) {
            return ImageManifest.dataset(path, charset);
        }
        ImageFolder.requireFolder(path);
        Path train = folder(path, Part.TRAIN, rules);
        if (train == null || !divided(path, rules)) {
            return new ImageDataset(ImageFolder.of(path, rules), null, null);
        }
        LabeledFiles training = ImageFolder.of(train, rules);
        return new ImageDataset(
                training,
                partOf(folder(path, Part.VALIDATION, rules), training, rules),
                partOf(folder(path, Part.TEST, rules), training, rules));
    }

    /** A class may well be called test, but not all of them are called after parts. */
    private static boolean divided(Path root, FolderRules rules) {
        return new FolderWalk(root, rules)
                .entries(root).stream()
                        .filter(Files::isDirectory)
                        .allMatch(path -> namesPart(path.getFileName().toString()));
    }

    private static @Nullable Path folder(Path root, Part part, FolderRules rules) {
        return new FolderWalk(root, rules)
                .entries(root).stream()
                        .filter(path -> Files.isDirectory(path)
                                && part(path.getFileName().toString()) == part)
                        .findFirst()
                        .orElse(null);
    }

    private static @Nullable LabeledFiles partOf(@Nullable Path folder, LabeledFiles training, FolderRules rules) {
        return folder == null ? null : ImageFolder.part(folder, training.classNames(), rules);
    }

    /** The parts that there are, in the order train, validation, test. */
    public List<LabeledFiles> present() {
        List<LabeledFiles> present = new ArrayList<>(List.of(train));
        if (validation != null) {
            present.add(validation);
        }
        if (test != null) {
            present.add(test);
        }
        return present;
    }

    /** What is odd about any part, in sentences. */
    public List<String> warnings() {
        return present().stream()
                .flatMap(part -> part.listing().warnings().stream())
                .distinct()
                .toList();
    }

    /**
     * The same data judged by other images: a folder per class or a manifest of its own.
     *
     * @throws DataException as {@link #of(Path, FolderRules, Charset)}; also if it has classes that the training part
     *     lacks, or comes divided itself
     */
    public ImageDataset withTest(Path path, FolderRules rules, Charset charset) {
        return new ImageDataset(train, validation, judging(path, train.classNames(), rules, charset));
    }

    /**
     * Images that judge a task whose classes are known: a folder per class, of data that comes divided its test part, or a
     * manifest. Classes of the task may be absent.
     *
     * @param classNames the task's classes, in the order of its labels
     * @throws DataException if the data has a class that the task lacks, or cannot be read
     */
    public static LabeledFiles judging(Path path, List<String> classNames, FolderRules rules, Charset charset) {
        if (Files.isRegularFile(path)) {
            return ImageManifest.test(path, charset, classNames);
        }
        ImageFolder.requireFolder(path);
        Path test = divided(path, rules) ? folder(path, Part.TEST, rules) : null;
        return ImageFolder.part(test == null ? path : test, classNames, rules);
    }

    /**
     * Train, validation and test: those that the data names as they are, the others taken from the training part by the
     * split's fractions.
     *
     * @throws DataException if a class is too small to split
     */
    public Split.Parts parts(Split split) {
        return split.complete(train, validation, test);
    }
}
