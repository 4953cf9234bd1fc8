package dev.graft.targets;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.List;

/**
 * A kind of target: what can be told of an example. An entry is one or several values: of a class or a grade its index, of several labels
 * a 1 or a 0 for each, of numbers themselves. Implementations are records, equal if their names are.
 */
public sealed interface TargetKind permits OneClass, Grades, LabelSet, Numbers {
    /** The names of all tasks, the usual one first. */
    List<String> TASKS = List.of(OneClass.TASK, LabelSet.TASK, Numbers.TASK, Grades.TASK);

    /** The confidence of answers that are not one of several names. */
    double NOTHING_SAID = 0.5;

    /**
     * The kind of a task.
     *
     * @param task one of {@link #TASKS}
     * @param names of the classes, grades, labels or numbers, in order
     * @throws SettingsException if there is no such task
     */
    static TargetKind of(String task, List<String> names) {
        return switch (task) {
            case OneClass.TASK -> new OneClass(names);
            case Grades.TASK -> new Grades(names);
            case LabelSet.TASK -> new LabelSet(names);
            case Numbers.TASK -> new Numbers(names);
            default ->
                throw new SettingsException(Problem.of("There is no such task.")
                        .expected(String.join(", ", TASKS))
                        .found(task)
                        .fix("name one of these; a bundle with another one was written by a newer version of Graft"));
        };
    }

    /** The name of the task in options, files and results, such as {@code regression}. */
    String task();

    /** The names of the classes, grades, labels or numbers, in order. */
    List<String> names();

    /** The values of one entry. */
    int width();

    /** How many values a network's head puts out. */
    int outputs();

    /** Whether an entry is exactly one of the names: a class or a grade. */
    default boolean isOneOfNames() {
        return false;
    }

    /**
     * How sure an answer is: the largest probability where exactly one of the names is right; elsewhere a half, which says nothing.
     *
     * @param answer a value for each name
     */
    default double confidence(float[] answer) {
        if (!isOneOfNames()) {
            return NOTHING_SAID;
        }
        double largest = 0;
        for (float probability : answer) {
            largest = Math.max(largest, probability);
        }
        return largest;
    }

    /** What an entry is called in sentences, such as {@code class}. */
    String noun();

    /**
     * Checks a value of an entry.
     *
     * @param place which value of the entry, 0 to {@code width() - 1}
     * @return what is expected instead; empty if it is right
     */
    String objection(int place, double value);

    /**
     * Groups entries that are alike, so that splits and folds have some of each: 0 for the first, without gaps.
     *
     * @param values (entries, width), entry after entry
     */
    int[] strata(double[] values);

    /**
     * An entry in words.
     *
     * @param values at least {@code start + width()} values
     * @param start where the entry begins
     */
    String describe(double[] values, int start);
}
