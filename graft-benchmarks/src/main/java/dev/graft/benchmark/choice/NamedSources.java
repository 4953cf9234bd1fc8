package dev.graft.benchmark.choice;

import dev.graft.data.LabeledExamples;
import dev.graft.experiment.TargetSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tasks of the choices for other benchmarks, by name. */
public final class NamedSources {
    private NamedSources() {}

    /**
     * The examples of a task: what is learned from, then what is judged.
     *
     * @param name such as {@code turned-digits} or {@code four-things}
     * @param things CIFAR-10 as folders, train and test
     */
    public static List<LabeledExamples> draw(String name, Path things, long seed) {
        List<ChoiceTask> tasks = new ArrayList<>(Drawings.tasks());
        tasks.addAll(Recorded.digits());
        tasks.addAll(Recorded.things(things));
        TargetSource source = tasks.stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .orElseThrow()
                .source();
        TargetSource.TargetData drawn = source.draw(seed);
        return List.of(drawn.train(), drawn.test());
    }
}
