package dev.graft.result;

import java.util.List;

/**
 * The target data.
 *
 * @param name a short name, such as {@code shapes}
 * @param classes the classes' names, by label
 * @param train training examples
 * @param validation validation examples; 0 if none
 * @param test test examples
 * @param curveTest test examples behind each point of the data-size curve; 0 if there is no curve
 * @param digest SHA-256 of the training data, lower-case hexadecimal
 */
public record TargetTask(
        String name, List<String> classes, int train, int validation, int test, int curveTest, String digest) {
    /** Copies the list. */
    public TargetTask {
        classes = List.copyOf(classes);
    }
}
