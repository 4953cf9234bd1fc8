package dev.graft.selection;

import dev.graft.targets.Numbers;
import dev.graft.targets.Targets;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Numbers brought within Tukey's outer fences, three times the distance of the quartiles below the lower and above the upper one
 * (Tukey 1977, Exploratory Data Analysis), so that one that is a thousand times too large does not spoil what is learned of all others.
 */
final class OuterFences {
    private static final double REACH = 3;

    private OuterFences() {}

    /** Numbers within the fences; of a number whose quartiles are equal, and of other kinds, targets as they are. */
    static Targets clipped(Targets targets) {
        if (!(targets.kind() instanceof Numbers)) {
            return targets;
        }
        int width = targets.kind().width();
        double[] values = targets.values();
        for (int place = 0; place < width; place++) {
            double[] sorted = sorted(targets, place);
            double lower = sorted[(sorted.length - 1) / 4];
            double upper = sorted[sorted.length - 1 - (sorted.length - 1) / 4];
            double reach = REACH * (upper - lower);
            for (int i = place; reach > 0 && i < values.length; i += width) {
                values[i] = Math.max(lower - reach, Math.min(upper + reach, values[i]));
            }
        }
        return Targets.of(targets.kind(), values);
    }

    private static double[] sorted(Targets targets, int place) {
        double[] sorted = IntStream.range(0, targets.size())
                .mapToDouble(i -> targets.value(i, place))
                .toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
