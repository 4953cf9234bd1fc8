package dev.graft.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

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
 * @param balance the examples of each class, by label; empty where they were not counted
 * @param warnings what the user should know of the data, a sentence each: files passed over, classes out of balance
 */
public record TargetTask(
        String name,
        List<String> classes,
        int train,
        int validation,
        int test,
        int curveTest,
        String digest,
        List<ClassBalance> balance,
        List<String> warnings) {
    /** Copies the lists. */
    public TargetTask {
        classes = List.copyOf(classes);
        balance = orEmpty(balance);
        warnings = orEmpty(warnings);
    }

    /** Data whose classes were not counted, and that nothing is to be said about. */
    public TargetTask(
            String name, List<String> classes, int train, int validation, int test, int curveTest, String digest) {
        this(name, classes, train, validation, test, curveTest, digest, List.of(), List.of());
    }

    /** Returns a copy with the classes counted. */
    public TargetTask withBalance(List<ClassBalance> counted) {
        return new TargetTask(name, classes, train, validation, test, curveTest, digest, counted, warnings);
    }

    /** Returns a copy with warnings about the data. */
    public TargetTask withWarnings(List<String> said) {
        return new TargetTask(name, classes, train, validation, test, curveTest, digest, balance, said);
    }

    // The first results that were written have neither.
    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
