package dev.graft.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The examples of some classes alone, labelled anew in the order of the data's own classes. */
public final class ClassSelection implements LabeledImages {
    private final LabeledImages all;
    private final List<String> classNames;
    private final int[] indexes;
    private final int[] labels;
    private volatile @Nullable String digest;

    private ClassSelection(LabeledImages all, List<String> classNames, int[] indexes, int[] labels) {
        this.all = all;
        this.classNames = classNames;
        this.indexes = indexes;
        this.labels = labels;
    }

    /**
     * Selects classes by name.
     *
     * @throws dev.graft.error.DataException if the data has no class of a name, or one class alone is left
     */
    public static ClassSelection of(LabeledImages all, List<String> names) {
        ChosenClasses chosen = ChosenClasses.of(all, names);
        return new ClassSelection(all, chosen.names(), chosen.indexes(), chosen.labels());
    }

    @Override
    public String name() {
        return all.name();
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public int size() {
        return indexes.length;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public Image image(int index) {
        return all.image(indexes[index]);
    }

    @Override
    public @Nullable String caption(int index) {
        return all.caption(indexes[index]);
    }

    @Override
    public @Nullable String content(int index) {
        return all.content(indexes[index]);
    }

    @Override
    public String digest() {
        String known = digest;
        if (known == null) {
            known = DataDigest.of(this);
            digest = known;
        }
        return known;
    }
}
