package dev.graft.data;

import dev.graft.error.Required;
import dev.graft.targets.Targets;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Images with one class each, in a fixed order.
 *
 * <p>Implementations may read {@link #image(int)} from disk at each call; only the labels are kept in memory. They are
 * safe for use by several threads. Pictures that a program holds or makes become labelled ones by {@link #of}.
 */
public interface LabeledImages extends LabeledExamples {
    /**
     * Labelled pictures in memory. Their pixels are not copied, and not to be changed afterwards.
     *
     * @param name a short name for messages and reports
     * @param pictures decoded pictures of any size, grey or coloured
     * @param labels the name of each picture's class; the classes are their names, sorted by the codes of their characters
     * @throws dev.graft.error.DataException if there is none, a picture or a label is null, a label is blank, or there is not one
     *     label for each picture
     */
    static LabeledImages of(String name, List<Image> pictures, List<String> labels) {
        return inMemory(name, pictures, StringLabels.of(name, labels));
    }

    /**
     * Labelled pictures in memory, of classes in an order of their own.
     *
     * @param name a short name for messages and reports
     * @param classNames the classes' names; one may be without pictures
     * @param pictures decoded pictures of any size, grey or coloured
     * @param labels the name of each picture's class
     * @throws dev.graft.error.DataException if a picture or a label is null, a label is none of the classes, a class has no name of
     *     its own, or there is not one label for each picture
     */
    static LabeledImages of(String name, List<String> classNames, List<Image> pictures, List<String> labels) {
        return inMemory(name, pictures, StringLabels.of(name, classNames, labels));
    }

    /**
     * Labelled pictures that are made when they are needed, such as from rows of a database: no more of them are in memory than are
     * in work. Their digest takes each picture once more.
     *
     * @param name a short name for messages and reports
     * @param labels the name of each picture's class; the classes are their names, sorted by the codes of their characters
     * @param pictures gives a decoded picture by its place in the labels, the same at each call; asked by several threads at once
     * @throws dev.graft.error.DataException if there is no label, or one is null or blank
     */
    static LabeledImages of(String name, List<String> labels, IntFunction<Image> pictures) {
        return new MemoryImages(name, StringLabels.of(name, labels), Required.setting(pictures, "pictures of " + name));
    }

    /**
     * Pictures in memory with targets of any kind, such as numbers. Their pixels are not copied, and not to be changed afterwards.
     *
     * @param name a short name for messages and reports
     * @param pictures decoded pictures of any size, grey or coloured
     * @param targets one for each picture
     * @throws dev.graft.error.DataException if a picture is null, or there is not one target for each
     */
    static LabeledImages of(String name, List<Image> pictures, Targets targets) {
        List<Image> held = Required.examples(pictures, "picture", name);
        StringLabels unnamed = new StringLabels(List.of("picture"), new int[held.size()]);
        return new MemoryImages(name, unnamed, held::get).withTargets(targets);
    }

    private static LabeledImages inMemory(String name, List<Image> pictures, StringLabels labels) {
        List<Image> held = Required.examples(pictures, "picture", name);
        StringLabels.requireOneForEach(held.size(), labels.indexes().length, "picture", name);
        return new MemoryImages(name, labels, held::get);
    }

    /**
     * The decoded image of an example.
     *
     * @throws dev.graft.error.DataException if it can no longer be read or decoded
     */
    Image image(int index);

    /**
     * Computed from the classes, labels and pixels. An implementation that knows a quicker one, such as of its files, must change it
     * with everything that {@link #image} depends on: what was computed from the images is found again by it. Where two data sets state
     * one digest, some of their pictures are compared, and what differs is refused.
     */
    @Override
    default String digest() {
        return DataDigest.of(this);
    }

    @Override
    default LabeledImages withTargets(Targets targets) {
        return TargetImages.of(this, targets);
    }

    @Override
    default LabeledImages subset(int[] indexes) {
        return new SubsetImages(this, indexes);
    }
}
