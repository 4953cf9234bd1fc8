package dev.graft.result;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param task what is told of an example, such as {@code regression}; null for one class
 * @param measure the main measure of that task, such as {@code R²}; null for the accuracy of classes
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
        List<String> warnings,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String task,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String measure) {
    /** Classes. */
    public TargetTask(
            String name,
            List<String> classes,
            int train,
            int validation,
            int test,
            int curveTest,
            String digest,
            List<ClassBalance> balance,
            List<String> warnings) {
        this(name, classes, train, validation, test, curveTest, digest, balance, warnings, null, null);
    }

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
        return new TargetTask(
                name, classes, train, validation, test, curveTest, digest, counted, warnings, task, measure);
    }

    /** Returns a copy with warnings about the data. */
    public TargetTask withWarnings(List<String> said) {
        return new TargetTask(name, classes, train, validation, test, curveTest, digest, balance, said, task, measure);
    }

    /** Returns a copy that tells something else than classes. */
    public TargetTask withTask(String told, String measured) {
        return new TargetTask(
                name, classes, train, validation, test, curveTest, digest, balance, warnings, told, measured);
    }

    /** The name of the main measure. */
    public String measureName() {
        return measure == null ? "accuracy" : measure;
    }

    // The first results that were written have neither.
    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
