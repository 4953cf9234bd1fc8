package dev.graft.result;

import java.util.List;

/**
 * One point of the data-size curve.
 *
 * @param samples training examples, all classes together
 * @param strategy the strategy's name
 * @param meanAccuracy mean test accuracy over the seeds, 0 to 1
 * @param interval its 95% interval
 * @param seeds how many seeds
 * @param seedAccuracies test accuracy of each seed, in order
 */
public record CurvePoint(
        int samples, String strategy, double meanAccuracy, Interval interval, int seeds, List<Double> seedAccuracies) {
    /** Copies the list. */
    public CurvePoint {
        seedAccuracies = List.copyOf(seedAccuracies);
    }
}
