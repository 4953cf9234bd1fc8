package dev.graft.data;

import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The examples of some classes alone, labelled anew in the order of the data's own classes. */
public final class ClassSelection implements LabeledImages {
    private final LabeledImages all;
    private final List<String> classNames;
    private final int[] indexes;
    private final int[] labels;

    private ClassSelection(LabeledImages all, List<String> classNames, int[] indexes, int[] labels) {
        this.all = all;
        this.classNames = classNames;
        this.indexes = indexes;
        this.labels = labels;
    }

    /**
     * Selects classes by name.
     *
     * @throws DataException if the data has no class of a name, or one class alone is left
     */
    public static ClassSelection of(LabeledImages all, List<String> names) {
        List<String> unknown =
                names.stream().filter(name -> !all.classNames().contains(name)).toList();
        if (!unknown.isEmpty() || names.isEmpty()) {
            throw new DataException(Problem.of("'" + all.name() + "' lacks classes that were asked for.")
                    .expected("some of " + Excerpt.list(all.classNames()))
                    .found(names.isEmpty() ? "none" : Excerpt.list(unknown))
                    .fix("name classes that the data has"));
        }
        List<String> kept = all.classNames().stream().filter(names::contains).toList();
        if (kept.size() < 2) {
            throw new DataException(Problem.of("One class of '" + all.name() + "' alone was asked for.")
                    .expected("two classes or more, of " + String.join(", ", all.classNames()))
                    .found(kept.get(0))
                    .fix("name another one too: one class leaves nothing to tell apart"));
        }
        int[] renamed = all.classNames().stream().mapToInt(kept::indexOf).toArray();
        int[] indexes = IntStream.range(0, all.size())
                .filter(i -> renamed[all.label(i)] >= 0)
                .toArray();
        int[] labels = IntStream.of(indexes).map(i -> renamed[all.label(i)]).toArray();
        return new ClassSelection(all, kept, indexes, labels);
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
        return DataDigest.of(this);
    }
}
