package dev.graft.evaluation;

import dev.graft.result.Interval;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Percentile intervals of the bootstrap (Efron and Tibshirani 1993, An introduction to the bootstrap): what a measure is on examples that
 * are drawn from the test examples with replacement, always by the same seed.
 */
final class Bootstrap {
    private static final int DRAWS = 500;
    private static final double TAIL = 0.025;
    private static final long SEED = 0;

    private Bootstrap() {}

    /** The 95% interval of a measure; draws on which it is not defined are left out. */
    static Interval interval(int examples, ToDoubleFunction<int[]> measure) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] values = new double[DRAWS];
        int[] drawn = new int[examples];
        int count = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            for (int i = 0; i < examples; i++) {
                drawn[i] = random.nextInt(examples);
            }
            double value = measure.applyAsDouble(drawn);
            if (!Double.isNaN(value)) {
                values[count++] = value;
            }
        }
        if (count == 0) {
            return new Interval(Double.NaN, Double.NaN);
        }
        Arrays.sort(values, 0, count);
        return new Interval(values[(int) (TAIL * count)], values[Math.min(count - 1, (int) ((1 - TAIL) * count))]);
    }
}
