package dev.graft.training;

import dev.graft.engine.Examples;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The training examples of a phase, epoch by epoch: the same in all, or with other views of the images. */
final class TrainingExamples implements AutoCloseable {
    private final Run run;
    private final PhasePlan plan;
    private final FrozenParts frozen;
    private @Nullable List<View> views;
    private @Nullable Examples examples;

    TrainingExamples(Run run, PhasePlan plan, FrozenParts frozen) {
        this.run = run;
        this.plan = plan;
        this.frozen = frozen;
    }

    int count() {
        return run.train().whole().size();
    }

    /** The examples of an epoch; good until another epoch's are asked for. */
    Examples of(int phase, int epoch) {
        List<View> wanted = run.trainingViews(plan, phase, epoch);
        if (examples == null || !wanted.equals(views)) {
            close();
            examples = frozen.examples(wanted, run.targets(run.train()));
            views = wanted;
        }
        return examples;
    }

    @Override
    public void close() {
        if (examples != null) {
            examples.close();
            examples = null;
        }
    }
}
