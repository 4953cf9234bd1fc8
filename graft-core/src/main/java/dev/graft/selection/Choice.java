package dev.graft.selection;

import dev.graft.data.LabeledExamples;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.SelectionResult;
import dev.graft.strategy.Strategy;
import dev.graft.training.Branch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was chosen.
 *
 * @param network the source model as an only branch, or the branches, cut where they do best
 * @param strategy the strategy
 * @param settings how to train
 * @param train what to train on: all training data, or as much of it as the budget allows
 * @param result the evidence
 * @param untried a way to train the backbone that validation examples have to show better than that; null if there is none
 */
record Choice(
        List<Branch> network,
        Strategy strategy,
        TrainingSettings settings,
        LabeledExamples train,
        SelectionResult result,
        Trials.@Nullable Trial untried) {
    /** With nothing left to compare it with. */
    Choice(
            List<Branch> network,
            Strategy strategy,
            TrainingSettings settings,
            LabeledExamples train,
            SelectionResult result) {
        this(network, strategy, settings, train, result, null);
    }

    /** Returns a copy that is trained on other examples, with what that leaves out. */
    Choice on(LabeledExamples others, List<String> leftOut) {
        return new Choice(network, strategy, settings, others, result.withSkipped(leftOut), untried);
    }
}
