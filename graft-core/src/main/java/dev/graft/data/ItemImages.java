package dev.graft.data;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Pictures that had classes of their own, or none to speak of, with the classes of the items that they belong to. */
final class ItemImages implements LabeledImages {
    private final LabeledImages source;
    private final List<String> classNames;
    private final int[] labels;

    ItemImages(LabeledImages source, List<String> classNames, int[] labels) {
        this.source = source;
        this.classNames = classNames;
        this.labels = labels;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public Image image(int index) {
        return source.image(index);
    }

    @Override
    public @Nullable String caption(int index) {
        return source.caption(index);
    }

    @Override
    public @Nullable String content(int index) {
        return source.content(index);
    }

    /** That of the pictures as they were: their items' digest has the labels. */
    @Override
    public String digest() {
        return source.digest();
    }

    @Override
    public LabeledImages subset(int[] indexes) {
        int[] chosen = IntStream.of(indexes).map(index -> labels[index]).toArray();
        return new ItemImages(source.subset(indexes), classNames, chosen);
    }
}
