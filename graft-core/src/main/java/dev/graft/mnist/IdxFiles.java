package dev.graft.mnist;

import dev.graft.data.LabeledImages;
import dev.graft.data.PackedImages;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads images and labels from a pair of IDX files, the format that MNIST is published in.
 *
 * <p>A file may be plain or gzipped; its content decides, not its name. Format: LeCun, Cortes and Burges, "The MNIST
 * database of handwritten digits".
 */
public final class IdxFiles {
    private static final int IMAGES_MAGIC = 0x00000803;
    private static final int LABELS_MAGIC = 0x00000801;

    private IdxFiles() {}

    /**
     * Reads a pair of files into memory: one byte a pixel and one a label.
     *
     * @param name what to call the data in messages and reports
     * @param images the images' file: unsigned bytes, (count, height, width)
     * @param labels the labels' file: unsigned bytes, (count)
     * @param classNames the names of labels 0, 1, 2 and so on
     * @throws DataException if a file is missing, unreadable or damaged, holds more or less than its header declares, or
     *     is no such file; if the two differ in count; or if a label has no class
     */
    public static LabeledImages read(String name, Path images, Path labels, List<String> classNames) {
        // The labels first: they are small, and a pair that does not match is refused before the images are read.
        IdxFile labelFile = IdxFile.open(labels, LABELS_MAGIC);
        IdxFile imageFile = IdxFile.open(images, IMAGES_MAGIC);
        if (labelFile.count() != imageFile.count()) {
            throw new DataException(Problem.of("The images and the labels do not belong together: their counts differ.")
                    .with("images", imageFile.count() + " in " + images)
                    .with("labels", labelFile.count() + " in " + labels)
                    .fix("use the images and labels of the same data set and the same part of it"));
        }
        byte[] classOf = labelFile.content();
        requireKnownClasses(labels, classOf, classNames);
        return new PackedImages(
                name, classNames, imageFile.dimension(1), imageFile.dimension(2), imageFile.content(), classOf);
    }

    private static void requireKnownClasses(Path file, byte[] classOf, List<String> classNames) {
        for (int i = 0; i < classOf.length; i++) {
            int label = classOf[i] & 0xFF;
            if (label >= classNames.size()) {
                throw new DataException(Problem.of("A label in '" + file.getFileName() + "' is out of range.")
                        .where("label " + i + " of " + file)
                        .expected("0 to " + (classNames.size() - 1))
                        .found(label)
                        .fix("name all classes, or replace the file"));
            }
        }
    }
}
