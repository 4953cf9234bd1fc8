package dev.graft.result;

/**
 * A paired difference between two strategies over the same seeds and splits.
 *
 * @param mean the mean difference of accuracy, -1 to 1
 * @param interval its 95% interval
 * @param method how the interval was made, such as {@code student-t over seeds} or {@code paired by test example}
 * @param pairs the number of pairs behind it
 */
public record Difference(double mean, Interval interval, String method, int pairs) {}
