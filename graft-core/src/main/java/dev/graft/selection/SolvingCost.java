package dev.graft.selection;

import dev.graft.data.LabeledExamples;
import dev.graft.training.TrainingListener;

/** What solving a chosen head costs, found by solving it on the examples that the choice looked at, whose features are there. */
final class SolvingCost {
    /** Of more rows a solution takes a few more steps. */
    private static final double MORE_STEPS = 2;

    private SolvingCost() {}

    /** Seconds for each example of all that it will be solved on; 0 where these are no more than were looked at. */
    static double perExample(TransferTask task, Clock clock, Choice choice, LabeledExamples looked) {
        if (clock.budgetSeconds() == null || looked.size() >= task.train().size()) {
            return 0;
        }
        double seconds = Trials.learning(task, looked, choice.network(), choice.strategy(), usual -> choice.settings())
                .within(clock)
                .listener(TrainingListener.SILENT)
                .run()
                .trainSeconds();
        return MORE_STEPS * seconds / looked.size();
    }
}
