package dev.graft.experiment;

import dev.graft.data.LabeledExamples;
import dev.graft.data.NestedSubsets;
import dev.graft.evaluation.Evaluation;
import dev.graft.experiment.TargetSource.TargetData;
import dev.graft.feature.FeatureCache;
import dev.graft.selection.Budget;
import dev.graft.training.TransferResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a trained network says of examples that it has not learned from.
 *
 * @param data the target data, with those examples alone that were learned from, watched and judged
 * @param test the test examples
 * @param validation the examples that were watched; null if there were none
 */
record Judged(TargetData data, Evaluation test, @Nullable Evaluation validation) {
    /** Whatever it takes: fewer say nothing. */
    private static final int FEWEST = 100;

    /** A pass that goes back takes about twice as long again as the pass forward. */
    private static final double FORWARD = 0.5;

    /** Judges all test examples, or as many as a budget has time for. */
    static Judged of(TransferResult trained, TargetData data, FeatureCache cache, Budget budget, long seed) {
        LabeledExamples watched = trained.validation();
        // Those are in the cache already, as far as the network is frozen.
        Evaluation validation = watched == null ? null : trained.evaluate(watched, cache);
        LabeledExamples test = affordable(data.test(), seconds(trained, cache), budget, seed);
        return new Judged(
                new TargetData(trained.train(), watched, test, test == data.test() ? data.curveTest() : test),
                trained.evaluate(test, cache),
                validation);
    }

    /** What judging an example takes, in seconds: not less than it will. */
    private static double seconds(TransferResult trained, FeatureCache cache) {
        double frozen = trained.frozenStages().isEmpty() ? 0 : cache.rowSeconds();
        double passes =
                (double) Math.max(1, trained.history().size()) * trained.train().size();
        return frozen + FORWARD * trained.trainSeconds() / passes;
    }

    private static LabeledExamples affordable(LabeledExamples test, double each, Budget budget, long seed) {
        double most = (budget.left() - budget.kept()) / Math.max(each, 1e-9);
        int size = Math.max(FEWEST, test.classNames().size());
        if (most >= test.size() || size >= test.size()) {
            return test;
        }
        size = Math.max(size, (int) most);
        budget.leaveOut("judging " + (test.size() - size) + " of " + test.size() + " test examples");
        return test.subset(NestedSubsets.stratified(test, List.of(size), seed).get(0));
    }
}
