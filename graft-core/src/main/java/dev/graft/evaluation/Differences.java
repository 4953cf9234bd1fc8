package dev.graft.evaluation;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.result.Difference;

/** Paired differences of accuracy, first minus second, with their 95% intervals. */
public final class Differences {
    private Differences() {}

    /**
     * The difference over seeds: both strategies ran on the same seeds and splits, and each seed gives one difference.
     *
     * @param first accuracy of the first strategy for each seed, 0 to 1
     * @param second accuracy of the second strategy for the same seeds
     * @return the mean difference with its Student-t interval, cut off at -1 and 1
     * @throws SettingsException if the arrays differ in length, or hold fewer than 2 values or one that is not finite
     */
    public static Difference overSeeds(double[] first, double[] second) {
        Difference open = overSeedsOfOpenMeasure(first, second);
        return new Difference(open.mean(), Intervals.clip(open.interval(), -1, 1), open.method(), open.pairs());
    }

    /** The difference over seeds of a measure that has no least value, such as R²: the interval is not cut off. */
    static Difference overSeedsOfOpenMeasure(double[] first, double[] second) {
        requirePairs(first.length, second.length);
        double[] differences = new double[first.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = first[i] - second[i];
        }
        return new Difference(
                Intervals.mean(differences),
                Intervals.studentT(differences),
                "student-t over seeds",
                differences.length);
    }

    /**
     * The difference over test examples: both strategies judged the same examples, as when there is one seed only.
     *
     * <p>The interval inverts the score test for paired proportions (Tango, "Equivalence test and confidence interval for
     * the difference in proportions for the paired-sample design", Statistics in Medicine 17, 1998). It leaves 0 out
     * exactly when McNemar's test finds a difference at 5%, stays inside [-1, 1] and has a width even if both strategies
     * agree on every example. It speaks for these two trained models, not for other seeds.
     *
     * @param first whether the first strategy was right, for each example
     * @param second whether the second strategy was right, for the same examples
     * @throws SettingsException if the arrays differ in length or are empty
     */
    public static Difference overExamples(boolean[] first, boolean[] second) {
        requirePairs(first.length, second.length);
        if (first.length == 0) {
            throw new SettingsException(Problem.of("There are no test examples to compare two strategies on."));
        }
        int onlyFirst = 0;
        int onlySecond = 0;
        for (int i = 0; i < first.length; i++) {
            onlyFirst += first[i] && !second[i] ? 1 : 0;
            onlySecond += second[i] && !first[i] ? 1 : 0;
        }
        PairedProportions pairs = new PairedProportions(onlyFirst, onlySecond, first.length);
        return new Difference(pairs.difference(), pairs.interval(), "paired by test example", first.length);
    }

    private static void requirePairs(int first, int second) {
        if (first != second) {
            throw new SettingsException(Problem.of("Two strategies cannot be paired: they have different counts.")
                    .expected(first + " results for each")
                    .found(second + " for the second"));
        }
    }
}
