package dev.graft.evaluation;

import java.util.stream.IntStream;

/**
 * How the error falls with the number n of training examples: a·n^-b + c, of which c stays however many there are
 * (Hestness et al., "Deep learning scaling is predictable, empirically", 2017; survey: Viering and Loog, "The shape of
 * learning curves", 2022).
 *
 * @param a the error of one example above the limit, at least 0
 * @param b how fast it falls, above 0
 * @param c the limit, at least 0
 */
public record PowerLaw(double a, double b, double c) {
    private static final double SLOWEST = 0.02;
    private static final double FASTEST = 3;
    private static final int GRID = 120;
    private static final int REFINEMENTS = 40;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    /**
     * The law of the least weighted squares.
     *
     * @param examples numbers of training examples, each at least 1, at least two of them different
     * @param errors the error with each
     * @param weights how much each counts, above 0
     */
    static PowerLaw fit(double[] examples, double[] errors, double[] weights) {
        // Around the middle of the sizes, the powers of every exponent stay near 1.
        double middle = Math.exp(IntStream.range(0, examples.length)
                .mapToDouble(i -> Math.log(examples[i]))
                .average()
                .orElse(0));
        double[] sizes = IntStream.range(0, examples.length)
                .mapToDouble(i -> examples[i] / middle)
                .toArray();
        double step = Math.log(FASTEST / SLOWEST) / GRID;
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= GRID; i++) {
            double found = squares(sizes, errors, weights, SLOWEST * Math.exp(i * step));
            if (found < least) {
                least = found;
                best = i;
            }
        }
        double low = Math.log(SLOWEST) + Math.max(0, best - 1) * step;
        double high = Math.log(SLOWEST) + Math.min(GRID, best + 1) * step;
        for (int i = 0; i < REFINEMENTS; i++) {
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            if (squares(sizes, errors, weights, Math.exp(left)) <= squares(sizes, errors, weights, Math.exp(right))) {
                high = right;
            } else {
                low = left;
            }
        }
        double b = Math.exp((low + high) / 2);
        double[] line = line(sizes, errors, weights, b);
        return new PowerLaw(line[0] * Math.pow(middle, b), b, line[1]);
    }

    /** The error with so many examples. */
    public double errorAt(double examples) {
        return a * Math.pow(examples, -b) + c;
    }

    /** How many examples make the error this small; infinite if none do. */
    public double examplesFor(double error) {
        return error <= c ? Double.POSITIVE_INFINITY : Math.pow(a / (error - c), 1 / b);
    }

    private static double squares(double[] sizes, double[] errors, double[] weights, double b) {
        double[] line = line(sizes, errors, weights, b);
        double sum = 0;
        for (int i = 0; i < sizes.length; i++) {
            double off = line[0] * Math.pow(sizes[i], -b) + line[1] - errors[i];
            sum += weights[i] * off * off;
        }
        return sum;
    }

    /** For a given exponent the law is a line over n^-b: its slope and its start, neither below 0. */
    private static double[] line(double[] sizes, double[] errors, double[] weights, double b) {
        double all = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < sizes.length; i++) {
            double power = Math.pow(sizes[i], -b);
            all += weights[i];
            x += weights[i] * power;
            y += weights[i] * errors[i];
            xx += weights[i] * power * power;
            xy += weights[i] * power * errors[i];
        }
        double slope = (all * xy - x * y) / (all * xx - x * x);
        double start = (y - slope * x) / all;
        if (slope <= 0) {
            return new double[] {0, y / all};
        }
        return start < 0 ? new double[] {xy / xx, 0} : new double[] {slope, start};
    }
}
