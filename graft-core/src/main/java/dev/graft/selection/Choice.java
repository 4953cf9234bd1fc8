package dev.graft.selection;

import dev.graft.data.LabeledExamples;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.SelectionResult;
import dev.graft.strategy.Strategy;
import dev.graft.training.Branch;
import java.util.List;

/**
 * What was chosen.
 *
 * @param network the source model as an only branch, or the branches, cut where they do best
 * @param strategy the strategy
 * @param settings how to train
 * @param train what to train on: all training data, or as much of it as the budget allows
 * @param result the evidence
 */
record Choice(
        List<Branch> network,
        Strategy strategy,
        TrainingSettings settings,
        LabeledExamples train,
        SelectionResult result) {
    /** Returns a copy that is trained on other examples, with what that leaves out. */
    Choice on(LabeledExamples others, List<String> leftOut) {
        return new Choice(network, strategy, settings, others, result.withSkipped(leftOut));
    }
}
