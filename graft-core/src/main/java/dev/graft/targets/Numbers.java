package dev.graft.targets;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One or several numbers, such as a price. Networks are trained on standardised numbers, and give them back in their own unit.
 *
 * @param names what each number is
 */
public record Numbers(List<String> names) implements TargetKind {
    /** The name of the task. */
    public static final String TASK = "regression";

    private static final int MOST_STRATA = 10;
    private static final int FEWEST_OF_STRATUM = 10;

    /** Copies the list. */
    public Numbers {
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
        return "number";
    }

    @Override
    public String objection(int place, double value) {
        return Double.isFinite(value) ? "" : "a finite number";
    }

    /** Groups of equal size by the rank of the mean of the standardised numbers, at most ten. */
    @Override
    public int[] strata(double[] values) {
        int count = values.length / names.size();
        TargetScale scale = TargetScale.of(this, values);
        double[] means = new double[count];
        for (int i = 0; i < values.length; i++) {
            means[i / names.size()] += scale.standardised(i % names.size(), values[i]);
        }
        Integer[] order = IntStream.range(0, count).boxed().toArray(Integer[]::new);
        Arrays.sort(order, (a, b) -> Double.compare(means[a], means[b]));
        int groups = Math.max(1, Math.min(MOST_STRATA, count / FEWEST_OF_STRATUM));
        int[] strata = new int[count];
        for (int rank = 0; rank < count; rank++) {
            strata[order[rank]] = (int) ((long) rank * groups / count);
        }
        return strata;
    }

    @Override
    public String describe(double[] values, int start) {
        return names.size() == 1
                ? shown(values[start])
                : IntStream.range(0, names.size())
                        .mapToObj(i -> names.get(i) + " " + shown(values[start + i]))
                        .collect(Collectors.joining(", "));
    }

    /** A number as people read it: with four significant digits, or all before the point. */
    public static String shown(double value) {
        double size = Math.abs(value);
        int digits =
                size >= 1000 || size == 0 ? 0 : Math.max(0, 3 - (int) Math.floor(Math.log10(Math.max(size, 1e-9))));
        return String.format(Locale.ROOT, "%." + Math.min(digits, 12) + "f", value);
    }
}
