package dev.graft.result;

/**
 * One line of a network's summary.
 *
 * @param stage the stage's name; the head's layers are {@code head.0}, {@code head.1}, …
 * @param layer what it is, such as {@code conv 3x3, relu}
 * @param outputShape its output for one example, such as {@code (32, 26, 26)}
 * @param parameters the number of its parameters
 * @param trainable whether they are trained
 */
public record StageSummary(String stage, String layer, String outputShape, long parameters, boolean trainable) {}
