package dev.graft.evaluation;

import dev.graft.result.Interval;

/**
 * The difference of two proportions measured on the same examples, with Tango's score interval.
 *
 * @param onlyFirst examples that the first got right and the second wrong
 * @param onlySecond examples that the second got right and the first wrong
 * @param examples all examples, at least 1
 */
record PairedProportions(int onlyFirst, int onlySecond, int examples) {
    // Enough halvings of [-1, 1] to exhaust a double's digits.
    private static final int HALVINGS = 60;

    double difference() {
        return (onlyFirst - onlySecond) / (double) examples;
    }

    Interval interval() {
        return new Interval(end(-1, Intervals.Z), end(1, -Intervals.Z));
    }

    /** Where, between the estimate and an extreme, the score falls to the given value: the score has its sign there. */
    private double end(double extreme, double score) {
        double inside = difference();
        double outside = extreme;
        for (int i = 0; i < HALVINGS && inside != outside; i++) {
            double middle = (inside + outside) / 2;
            if (Math.abs(score(middle)) <= Math.abs(score)) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return inside;
    }

    /** The score statistic for a true difference delta, with the nuisance parameter at its constrained maximum. */
    private double score(double delta) {
        double n = examples;
        double a = 2 * n;
        double b = -onlyFirst - onlySecond + (2 * n - onlyFirst + onlySecond) * delta;
        double c = -onlySecond * delta * (1 - delta);
        double secondAlone = (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a);
        double variance = n * (2 * secondAlone + delta * (1 - delta));
        double excess = onlyFirst - onlySecond - n * delta;
        return excess == 0 ? 0 : excess / Math.sqrt(Math.max(0, variance));
    }
}
