package dev.graft.reading;

import dev.graft.data.LabeledExamples;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Examples of which some, all or none have a label.
 *
 * @param <T> the examples' kind
 * @param examples the examples; the single class that they are said to be of means nothing
 * @param labels the label of each, empty where it has none
 * @param notes what the user should know, in sentences
 */
public record PartlyLabeled<T extends LabeledExamples>(T examples, List<String> labels, List<String> notes) {
    /** What stands for labels that are still to be told, where an empty cell says that an example has none of several labels. */
    public static final String OPEN = "?";

    /** What the single class is called that examples without labels are said to be of. */
    static final List<String> NO_CLASSES = List.of("unlabelled");

    /** Copies the lists. */
    public PartlyLabeled {
        labels = List.copyOf(labels);
        notes = List.copyOf(notes);
    }

    /** Which examples have a label. */
    public boolean[] labeled() {
        boolean[] labeled = new boolean[labels.size()];
        IntStream.range(0, labeled.length)
                .forEach(i -> labeled[i] = !labels.get(i).isEmpty());
        return labeled;
    }

    /** How many examples have a label. */
    public int labeledCount() {
        return (int) labels.stream().filter(label -> !label.isEmpty()).count();
    }

    /** The different labels, in the order of text. */
    public List<String> classNames() {
        return labels.stream()
                .filter(label -> !label.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    /** Some of the examples, in this order. */
    @SuppressWarnings("unchecked")
    public PartlyLabeled<T> subset(int[] indexes) {
        return new PartlyLabeled<>(
                (T) examples.subset(indexes),
                Arrays.stream(indexes).mapToObj(labels::get).toList(),
                notes);
    }
}
