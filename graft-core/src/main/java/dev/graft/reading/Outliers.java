package dev.graft.reading;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Values of a column of numbers that lie so far from the others that they are mostly mistakes: a missing decimal point, a
 * sentinel such as -999999. One of them would decide the column's scale alone.
 *
 * <p>Robust: what is usual is told by quantiles, which a few values cannot move, whatever their size.
 */
final class Outliers {
    /** How many widths of the middle half a value may lie outside of it; even the tails of prices and counts stay inside. */
    private static final double WIDTHS = 100;

    /** What lies beyond so many times the largest of the middle, where the middle has no width. */
    private static final double FACTOR = 1e6;

    private static final int FEWEST = 4;

    private Outliers() {}

    /**
     * A sentence on the values that lie far from the rest, or null if there is none.
     *
     * @param values of a column; NaN where one is missing
     * @param place says where the value of an index stands
     */
    static @Nullable String sentence(double[] values, IntFunction<String> place) {
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (sorted.length < FEWEST) {
            return null;
        }
        double lower = sorted[sorted.length / 4];
        double upper = sorted[sorted.length - 1 - sorted.length / 4];
        double width = upper - lower;
        double most = width > 0 && Double.isFinite(width)
                ? WIDTHS * width
                : FACTOR * Math.max(1, Math.max(Math.abs(lower), Math.abs(upper)));
        int[] far = IntStream.range(0, values.length)
                .filter(i -> values[i] - upper > most || lower - values[i] > most)
                .toArray();
        if (far.length == 0) {
            return null;
        }
        double[] near = Arrays.stream(sorted)
                .filter(value -> value - upper <= most && lower - value <= most)
                .toArray();
        int index = far[0];
        return String.format(
                Locale.ROOT,
                "%s: %s lies far from the others, which go from %s to %s%s; if it is a mistake, correct it or leave the"
                        + " field empty",
                place.apply(index),
                shown(values[index]),
                shown(near[0]),
                shown(near[near.length - 1]),
                far.length == 1 ? "" : " (and " + (far.length - 1) + " more values like it)");
    }

    private static String shown(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e7
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
