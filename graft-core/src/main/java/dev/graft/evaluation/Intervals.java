package dev.graft.evaluation;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.result.Interval;
import org.apache.commons.statistics.distribution.TDistribution;

/** 95% confidence intervals of a proportion and of a mean. */
public final class Intervals {
    /** The 97.5% quantile of the standard normal distribution. */
    static final double Z = 1.959963984540054;

    private static final double UPPER_TAIL = 0.975;

    private Intervals() {}

    /**
     * The score interval of a proportion, such as the accuracy on a test set (Wilson, "Probable inference, the law of
     * succession, and statistical inference", 1927). Unlike the textbook one it stays inside [0, 1] and has a width at 0
     * and at 1.
     *
     * @param successes how often it happened, 0 to {@code trials}
     * @param trials how often it was tried, at least 1
     * @throws SettingsException if the counts are out of range
     */
    public static Interval wilson(long successes, long trials) {
        if (trials < 1 || successes < 0 || successes > trials) {
            throw new SettingsException(Problem.of("These counts do not make a proportion.")
                    .expected("at least 1 trial, and between 0 and that many successes")
                    .found(successes + " of " + trials));
        }
        double n = trials;
        double proportion = successes / n;
        double centre = (proportion + Z * Z / (2 * n)) / (1 + Z * Z / n);
        double half = Z / (1 + Z * Z / n) * Math.sqrt(proportion * (1 - proportion) / n + Z * Z / (4 * n * n));
        // At the ends the formula gives 0 and 1 but for rounding.
        double lower = successes == 0 ? 0 : centre - half;
        double upper = successes == trials ? 1 : centre + half;
        return new Interval(Math.min(lower, proportion), Math.max(upper, proportion));
    }

    /**
     * The Student-t interval of a mean, such as a loss over seeds. A point if all values are equal.
     *
     * @param values at least 2 finite numbers
     * @throws SettingsException if there are fewer, or one is not finite: a single value says nothing about its spread
     */
    public static Interval studentT(double[] values) {
        double mean = mean(values);
        double half = halfWidth(values, mean);
        return new Interval(mean - half, mean + half);
    }

    /**
     * The Student-t interval of a mean accuracy over seeds, cut off at 0 and 1, beyond which no accuracy lies.
     *
     * @param accuracies at least 2 numbers in [0, 1]
     * @throws SettingsException if there are fewer, or one is out of range
     */
    public static Interval studentTOfAccuracies(double[] accuracies) {
        for (double accuracy : accuracies) {
            if (!(accuracy >= 0 && accuracy <= 1)) {
                throw new SettingsException(Problem.of("An accuracy is out of range.")
                        .expected("a number in [0, 1]")
                        .found(accuracy));
            }
        }
        return clip(studentT(accuracies), 0, 1);
    }

    static Interval clip(Interval interval, double lowest, double highest) {
        return new Interval(
                Math.min(highest, Math.max(lowest, interval.lower())),
                Math.max(lowest, Math.min(highest, interval.upper())));
    }

    /** The mean, summed as distances from the first value so that equal values give exactly that value. */
    static double mean(double[] values) {
        if (values.length < 2) {
            throw new SettingsException(Problem.of("A mean's interval needs more values.")
                    .expected("at least 2")
                    .found(values.length)
                    .fix("use at least 2 seeds"));
        }
        double distance = 0;
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new SettingsException(Problem.of("A value has no place in a mean.")
                        .expected("finite numbers")
                        .found(value));
            }
            distance += value - values[0];
        }
        return values[0] + distance / values.length;
    }

    private static double halfWidth(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        int degrees = values.length - 1;
        double standardError = Math.sqrt(squares / degrees / values.length);
        return TDistribution.of(degrees).inverseCumulativeProbability(UPPER_TAIL) * standardError;
    }
}
