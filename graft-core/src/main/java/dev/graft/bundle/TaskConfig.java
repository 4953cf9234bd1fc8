package dev.graft.bundle;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.targets.Grades;
import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kind of target as a bundle's {@code config.json} names it; bundles of classes say nothing of it. */
final class TaskConfig {
    private TaskConfig() {}

    static @Nullable String of(TargetKind kind) {
        return kind instanceof OneClass ? null : kind.task();
    }

    /**
     * The kind.
     *
     * @param task its name; null for classes
     * @param names of the classes, grades, labels or numbers
     * @throws SettingsException if there is no such kind
     */
    static TargetKind read(@Nullable String task, List<String> names) {
        if (task == null || task.equals(OneClass.TASK)) {
            return new OneClass(names);
        }
        return switch (task) {
            case Grades.TASK -> new Grades(names);
            case LabelSet.TASK -> new LabelSet(names);
            case Numbers.TASK -> new Numbers(names);
            default ->
                throw new SettingsException(Problem.of("A bundle's task is not known.")
                        .expected(String.join(", ", OneClass.TASK, Grades.TASK, LabelSet.TASK, Numbers.TASK))
                        .found(task)
                        .fix("use the version of Graft that wrote it, or a newer one"));
        };
    }
}
