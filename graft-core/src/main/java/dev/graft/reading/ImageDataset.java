package dev.graft.reading;

import dev.graft.data.Split;
import dev.graft.error.DataException;
import dev.graft.targets.OneClass;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * People's own images, whether they come divided or not: a folder per class, the same below {@code train},
 * {@code val} ({@code valid}, {@code validation}) and {@code test}, or a table of paths and labels. All parts have the training part's
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
    private static final Logger LOG = LoggerFactory.getLogger(ImageDataset.class);

    /**
     * Reads a folder or a table by the {@linkplain FolderRules#defaults() default rules}.
     *
     * @throws DataException as {@link ImageFolder#of(Path, FolderRules)} or {@link LabeledTable#images()}
     */
    public static ImageDataset of(Path path) {
        return of(path, FolderRules.defaults(), StandardCharsets.UTF_8);
    }

    /**
     * Reads a folder or a table.
     *
     * @param rules for a folder
     * @param charset the encoding of a table
     * @throws DataException as {@link ImageFolder#of(Path, FolderRules)} or {@link LabeledTable#images()}; also if a part
     *     has classes that the training part lacks
     */
    public static ImageDataset of(Path path, FolderRules rules, Charset charset) {
        if (isFile(path)) {
            return of(LabeledTable.of(TableFile.of(path).withCharset(charset)));
        }
        ImageFolder.requireFolder(path);
        FolderParts parts = parts(path, rules);
        if (!parts.divided()) {
            return said(new ImageDataset(ImageFolder.classes(path, rules), null, null));
        }
        FolderRules inside = rules.layout() == FolderLayout.PARTS ? rules.withLayout(FolderLayout.AUTO) : rules;
        LabeledFiles training = ImageFolder.classes(parts.training(path), inside);
        return said(new ImageDataset(
                training,
                partOf(parts.parts().get(Part.VALIDATION), training, inside),
                partOf(parts.parts().get(Part.TEST), training, inside)));
    }

    /**
     * Reads a table that lists images.
     *
     * @throws DataException as {@link LabeledTable#images()}
     */
    public static ImageDataset of(LabeledTable table) {
        LabeledTable.Divided<LabeledFiles> images = table.images();
        return new ImageDataset(images.train(), images.validation(), images.test());
    }

    /** The data, once what is odd about it is in the log. */
    private static ImageDataset said(ImageDataset dataset) {
        dataset.warnings().forEach(warning -> LOG.warn("{}", warning));
        return dataset;
    }

    /** Whether there is something that is no folder; whether it can be read, its reader says. */
    private static boolean isFile(Path path) {
        return Files.exists(path) && !Files.isDirectory(path);
    }

    private static FolderParts parts(Path root, FolderRules rules) {
        FolderParts parts = FolderParts.of(root, rules);
        parts.notes().forEach(note -> LOG.warn("{}: {}", root, note));
        return parts;
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

    /** The images of all parts, one part after the other, as one. */
    public LabeledFiles all() {
        List<LabeledFiles> parts = present();
        if (parts.size() == 1) {
            return train;
        }
        List<String> paths = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (LabeledFiles part : parts) {
            for (int i = 0; i < part.size(); i++) {
                paths.add(part.file(i).toAbsolutePath().toString());
                labels.add(part.label(i));
            }
        }
        return FileImages.all(new FileList(
                train.name(),
                train.classNames(),
                List.of(Path.of("")),
                paths.toArray(String[]::new),
                labels.stream().mapToInt(Integer::intValue).toArray(),
                new Listing(paths.size(), 0, 0, warnings())));
    }

    /** What is odd about any part, in sentences. */
    public List<String> warnings() {
        return present().stream()
                .flatMap(part -> part.listing().warnings().stream())
                .distinct()
                .toList();
    }

    /**
     * Returns the data judged by other images: a folder per class or a table.
     *
     * @throws DataException as {@link #of(Path, FolderRules, Charset)}; also if it has classes that the training part
     *     lacks, or comes divided itself
     */
    public ImageDataset withTest(Path path, FolderRules rules, Charset charset) {
        return withTest(judging(path, train.classNames(), rules, charset));
    }

    /** The data judged by other images, which have the training part's classes. */
    public ImageDataset withTest(LabeledFiles judging) {
        if (test != null) {
            LOG.warn("{}: its own test part, {} images, is left out: other images judge", train.name(), test.size());
        }
        return new ImageDataset(train, validation, judging);
    }

    /**
     * Images that judge a task whose classes are known: a folder per class, of data that comes divided its test part, or a
     * table. Classes of the task may be absent.
     *
     * @param classNames the task's classes, in the order of its labels
     * @throws DataException if the data has a class that the task lacks, or cannot be read
     */
    public static LabeledFiles judging(Path path, List<String> classNames, FolderRules rules, Charset charset) {
        if (isFile(path)) {
            return LabeledTable.of(TableFile.of(path).withCharset(charset))
                    .images(classNames)
                    .examples();
        }
        ImageFolder.requireFolder(path);
        boolean classes = rules.layout() == FolderLayout.CLASSES || ImageFolder.holdsClasses(path, classNames, rules);
        Path test = classes ? null : parts(path, rules).parts().get(Part.TEST);
        return ImageFolder.part(test == null ? path : test, classNames, rules);
    }

    /**
     * Images to be added to a task whose classes are known: of known classes, of others, or of one alone. Of folders that come divided the
     * training part, of a table all rows, whatever a column says of parts.
     *
     * @param classNames the task's classes, in the order of its labels; those of others follow in the order of text
     * @throws DataException if the data cannot be read, or holds no image
     */
    public static LabeledFiles adding(Path path, List<String> classNames, FolderRules rules, Charset charset) {
        if (isFile(path)) {
            LabeledTable table =
                    LabeledTable.of(TableFile.of(path).withCharset(charset)).undivided();
            return table.images(table.kindBeside(new OneClass(classNames))).examples();
        }
        ImageFolder.requireFolder(path);
        Path training = parts(path, rules).parts().get(Part.TRAIN);
        Path root = training == null ? path : training;
        return ImageFolder.part(root, ImageFolder.namesBeside(root, classNames, rules), rules);
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
