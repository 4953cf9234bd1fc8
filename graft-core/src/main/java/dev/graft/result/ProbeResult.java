package dev.graft.result;

import org.jspecify.annotations.Nullable;

/**
 * How well the frozen features at one cut tell the target's classes apart: cross-validated logistic regression on the
 * training data.
 *
 * @param cut the stage
 * @param pooling how its output was pooled
 * @param features the number of features
 * @param accuracy cross-validated accuracy, 0 to 1
 * @param interval its 95% (Wilson) interval
 * @param logMe the log evidence of a linear model, per example (You et al. 2021); higher is better; null where it was not
 *     measured
 * @param hScore the H-score with a shrunk covariance (Ibrahim et al. 2021); higher is better; null likewise
 */
public record ProbeResult(
        String cut,
        String pooling,
        int features,
        double accuracy,
        Interval interval,
        @Nullable Double logMe,
        @Nullable Double hScore) {
    /** Without the scores that need no training. */
    public ProbeResult(String cut, String pooling, int features, double accuracy, Interval interval) {
        this(cut, pooling, features, accuracy, interval, null, null);
    }
}
