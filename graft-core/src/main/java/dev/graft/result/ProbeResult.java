package dev.graft.result;

/**
 * How well the frozen features at one cut tell the target's classes apart: cross-validated logistic regression on the
 * training data.
 *
 * @param cut the stage
 * @param pooling how its output was pooled
 * @param features the number of features
 * @param accuracy cross-validated accuracy, 0 to 1
 * @param interval its 95% (Wilson) interval
 */
public record ProbeResult(String cut, String pooling, int features, double accuracy, Interval interval) {}
