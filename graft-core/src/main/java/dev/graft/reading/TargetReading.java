package dev.graft.reading;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.targets.Grades;
import dev.graft.targets.LabelSet;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the labels of a table are to be read as.
 *
 * @param task {@code classification}, {@code multi-label}, {@code regression} or {@code ordinal}; null for classes, or for a number where
 *     one column has so many different numbers that they cannot be classes
 * @param separator what stands between several labels in one cell; null for the one of {@code | ; ,} that occurs, or JSON lists
 * @param grades the grades from the lowest to the highest; empty where they are numbers, which have an order
 */
public record TargetReading(@Nullable String task, @Nullable String separator, List<String> grades) {
    /** Classes, or plainly numbers. */
    public static final TargetReading USUAL = new TargetReading(null, null, List.of());

    /**
     * Copies the list, and checks that what is said fits the task.
     *
     * @throws SettingsException if there is no such task, or a separator or grades are said of another one than theirs
     */
    public TargetReading {
        grades = List.copyOf(grades);
        if (task != null && !TargetKind.TASKS.contains(task)) {
            throw new SettingsException(Problem.of("There is no such task.")
                    .expected(String.join(", ", TargetKind.TASKS))
                    .found(task));
        }
        if (separator != null && (separator.isEmpty() || !LabelSet.TASK.equals(task))) {
            throw new SettingsException(Problem.of("Only several labels have something between them.")
                    .expected("the task " + LabelSet.TASK + ", and a separator that is not empty")
                    .found("the task " + (task == null ? OneClass.TASK : task) + ", separator '" + separator + "'"));
        }
        if (!grades.isEmpty() && !Grades.TASK.equals(task)) {
            throw new SettingsException(Problem.of("Only grades have an order.")
                    .expected("the task " + Grades.TASK)
                    .found(task == null ? OneClass.TASK : task));
        }
    }

    /** Labels of a task. */
    public static TargetReading of(@Nullable String task) {
        return new TargetReading(task, null, List.of());
    }

    /** Returns a copy with what stands between several labels in one cell. */
    public TargetReading withSeparator(@Nullable String between) {
        return new TargetReading(task, between, grades);
    }

    /** Returns a copy with the order of grades. */
    public TargetReading withGrades(List<String> fromLowest) {
        return new TargetReading(task, separator, fromLowest);
    }
}
