package dev.graft.data;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Texts with one class each, in a fixed order, in memory. Immutable, safe for use by several threads. */
public final class LabeledTexts implements LabeledExamples {
    private static final int CAPTION = 80;

    private final String name;
    private final List<String> classNames;
    private final List<String> texts;
    private final int[] labels;
    private volatile @Nullable String digest;

    private LabeledTexts(String name, List<String> classNames, List<String> texts, int[] labels) {
        this.name = name;
        this.classNames = List.copyOf(classNames);
        this.texts = List.copyOf(texts);
        this.labels = labels;
    }

    /**
     * Makes labelled texts.
     *
     * @param name a short name for messages and reports
     * @param classNames the classes' names
     * @param texts the texts
     * @param labels the class of each text, as an index into {@code classNames}
     * @throws DataException if there are not as many labels as texts, a label is none of the classes, or a class has no name of its
     *     own
     */
    public static LabeledTexts of(String name, List<String> classNames, List<String> texts, int[] labels) {
        if (labels.length != texts.size()) {
            throw new DataException(Problem.of("There must be one label for each text.")
                    .where(name)
                    .expected(texts.size() + " labels")
                    .found(labels.length));
        }
        ClassNames.require(classNames, name);
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classNames.size()) {
                throw new DataException(Problem.of("A label is not one of the classes.")
                        .where(name + ", example " + i)
                        .expected("a label from 0 to " + (classNames.size() - 1))
                        .found(labels[i]));
            }
        }
        return new LabeledTexts(name, classNames, texts, labels.clone());
    }

    /** The text of an example. */
    public String text(int index) {
        return texts.get(index);
    }

    @Override
    public String name() {
        return name;
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

    /** The beginning of the text. */
    @Override
    public String caption(int index) {
        String text = texts.get(index).strip();
        int characters = text.codePointCount(0, text.length());
        return characters <= CAPTION ? text : text.substring(0, text.offsetByCodePoints(0, CAPTION - 1)) + "…";
    }

    /** The text, with one blank for all white space between words. */
    @Override
    public String content(int index) {
        return texts.get(index).strip().replaceAll("\\s+", " ");
    }

    @Override
    public LabeledTexts subset(int[] indexes) {
        return new LabeledTexts(
                name,
                classNames,
                IntStream.of(indexes).mapToObj(texts::get).toList(),
                IntStream.of(indexes).map(i -> labels[i]).toArray());
    }

    /**
     * The texts of some classes alone, labelled anew in the order of the data's own classes.
     *
     * @throws DataException if the data has no class of a name, or one class alone is left
     */
    public LabeledTexts withClasses(List<String> names) {
        ChosenClasses chosen = ChosenClasses.of(this, names);
        return new LabeledTexts(
                name,
                chosen.names(),
                IntStream.of(chosen.indexes()).mapToObj(texts::get).toList(),
                chosen.labels());
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
