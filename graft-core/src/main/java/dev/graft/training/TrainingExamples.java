package dev.graft.training;

import dev.graft.engine.Examples;
import org.jspecify.annotations.Nullable;

/** The training examples of a phase, epoch by epoch: the same in all, or with other views of the images. */
final class TrainingExamples implements AutoCloseable {
    private final Run run;
    private final PhasePlan plan;
    private final FrozenPart frozen;
    private @Nullable View view;
    private @Nullable Examples examples;

    TrainingExamples(Run run, PhasePlan plan, FrozenPart frozen) {
        this.run = run;
        this.plan = plan;
        this.frozen = frozen;
    }

    int count() {
        return run.train().size();
    }

    /** The examples of an epoch; good until another epoch's are asked for. */
    Examples of(int phase, int epoch) {
        View wanted = run.trainingView(plan, phase, epoch);
        if (examples == null || !wanted.equals(view)) {
            close();
            examples = frozen.examples(wanted);
            view = wanted;
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
