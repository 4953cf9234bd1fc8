package dev.graft.data;

import dev.graft.error.DataException;
import dev.graft.error.Required;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Texts with one class each, or another target, in a fixed order, in memory. Immutable, safe for use by several threads. */
public final class LabeledTexts implements LabeledExamples {
    private static final int CAPTION = 80;

    private final String name;
    private final List<String> texts;
    private final Targets targets;
    private volatile @Nullable String digest;

    private LabeledTexts(String name, List<String> texts, Targets targets) {
        this.name = name;
        this.texts = List.copyOf(texts);
        this.targets = targets;
    }

    /**
     * Makes labelled texts.
     *
     * @param name a short name for messages and reports
     * @param classNames the classes' names
     * @param texts the texts
     * @param labels the class of each text, as an index into {@code classNames}
     * @throws DataException if a text is null, there are not as many labels as texts, a label is none of the classes, or a class has no name of its
     *     own
     */
    public static LabeledTexts of(String name, List<String> classNames, List<String> texts, int[] labels) {
        List<String> held = Required.examples(texts, "text", name);
        StringLabels.requireOneForEach(held.size(), labels.length, "text", name);
        StringLabels.requireIndexes(classNames, labels, "example", name);
        return new LabeledTexts(name, held, Targets.ofClasses(classNames, labels));
    }

    /**
     * Makes texts with targets of any kind, such as numbers.
     *
     * @param name a short name for messages and reports
     * @param texts the texts
     * @param targets one for each text
     * @throws DataException if a text is null, or there is not one target for each
     */
    public static LabeledTexts of(String name, List<String> texts, Targets targets) {
        List<String> held = Required.examples(texts, "text", name);
        StringLabels.requireOneForEach(held.size(), targets.size(), "text", name);
        return new LabeledTexts(name, held, targets);
    }

    /**
     * Makes labelled texts of classes by name.
     *
     * @param name a short name for messages and reports
     * @param texts the texts
     * @param labels the name of each text's class; the classes are their names, sorted by the codes of their characters
     * @throws DataException if there is none, a text or a label is null, a label is blank, or there is not one label for each text
     */
    public static LabeledTexts of(String name, List<String> texts, List<String> labels) {
        return of(name, texts, StringLabels.of(name, labels));
    }

    /**
     * Makes labelled texts of classes by name, in an order of their own.
     *
     * @param name a short name for messages and reports
     * @param classNames the classes' names; one may be without texts
     * @param texts the texts
     * @param labels the name of each text's class
     * @throws DataException if a text or a label is null, a label is none of the classes, a class has no name of its own, or there
     *     is not one label for each text
     */
    public static LabeledTexts of(String name, List<String> classNames, List<String> texts, List<String> labels) {
        return of(name, texts, StringLabels.of(name, classNames, labels));
    }

    private static LabeledTexts of(String name, List<String> texts, StringLabels labels) {
        List<String> held = Required.examples(texts, "text", name);
        StringLabels.requireOneForEach(held.size(), labels.indexes().length, "text", name);
        return new LabeledTexts(name, held, Targets.ofClasses(labels.classNames(), labels.indexes()));
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
        return targets.kind().names();
    }

    @Override
    public int size() {
        return targets.size();
    }

    @Override
    public int label(int index) {
        return targets.label(index);
    }

    @Override
    public Targets targets() {
        return targets;
    }

    @Override
    public TargetKind kind() {
        return targets.kind();
    }

    @Override
    public LabeledTexts withTargets(Targets others) {
        return of(name, texts, others);
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
        return new LabeledTexts(name, IntStream.of(indexes).mapToObj(texts::get).toList(), targets.subset(indexes));
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
                IntStream.of(chosen.indexes()).mapToObj(texts::get).toList(),
                Targets.ofClasses(chosen.names(), chosen.labels()));
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
