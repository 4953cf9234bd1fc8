package dev.graft.result;

/**
 * A strategy's data-size curve as a law: with n training examples its error is a·n^-b + c.
 *
 * @param strategy the strategy's name
 * @param a the law's factor
 * @param b how fast the error falls
 * @param c the error that no amount of data takes away
 * @param fromSamples the smallest number of examples that the law describes: below it the curve may still be flat
 * @param toSamples the largest that was measured; what lies beyond is foretold
 * @param deviation root mean square of the distances between the law and the measured accuracies
 * @param foretold the accuracy with twice {@code toSamples} examples
 * @param interval its 95% interval, from the spread of the measured points alone
 */
public record DataSizeTrend(
        String strategy,
        double a,
        double b,
        double c,
        int fromSamples,
        int toSamples,
        double deviation,
        double foretold,
        Interval interval) {
    /** The accuracy by the law with so many examples. */
    public double accuracyAt(double samples) {
        return 1 - a * Math.pow(samples, -b) - c;
    }
}
