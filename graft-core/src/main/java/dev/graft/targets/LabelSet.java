package dev.graft.targets;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Any number of labels for each example, also none. A network has one output for each label, whose sigmoid is the label's probability.
 *
 * @param names the labels
 */
public record LabelSet(List<String> names) implements TargetKind {
    /** The name of the task. */
    public static final String TASK = "multi-label";

    /** Copies the list. */
    public LabelSet {
        names = List.copyOf(names);
    }

    @Override
    public String task() {
        return TASK;
    }

    @Override
    public int width() {
        return names.size();
    }

    @Override
    public int outputs() {
        return names.size();
    }

    @Override
    public String noun() {
        return "label";
    }

    @Override
    public String objection(int place, double value) {
        return value == 0 || value == 1 ? "" : "1 for a label that an example has, else 0";
    }

    /** Iterative stratification deals the labels evenly ({@link LabelStrata}). */
    @Override
    public int[] strata(double[] values) {
        return LabelStrata.of(values, names.size());
    }

    @Override
    public String describe(double[] values, int start) {
        String labels = IntStream.range(0, names.size())
                .filter(label -> values[start + label] > 0)
                .mapToObj(names::get)
                .collect(Collectors.joining(", "));
        return labels.isEmpty() ? "no label" : labels;
    }
}
