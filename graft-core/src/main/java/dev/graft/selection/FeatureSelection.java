package dev.graft.selection;

import dev.graft.backbone.Architecture;
import dev.graft.data.LabeledExamples;
import dev.graft.evaluation.Evaluation;
import dev.graft.feature.Cut;
import dev.graft.result.SelectionResult;
import dev.graft.training.TransferResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a cut and a head by cross-validation on the frozen features of the task's source models, as {@link Auto} does, and never
 * trains a source model nor prepares the examples in another way: where their features are in the cache, the examples themselves are
 * not looked at.
 */
public final class FeatureSelection {
    private FeatureSelection() {}

    /**
     * What was chosen and solved.
     *
     * @param trained the network, its head solved on all training examples
     * @param selection how it was chosen
     * @param judged the examples that judged it: all training examples, or a part of many
     * @param outOfFold what the head says of these when it has not learned from them; null if there were too few to hold any back
     */
    public record Selected(
            TransferResult trained,
            SelectionResult selection,
            LabeledExamples judged,
            @Nullable Evaluation outOfFold) {}

    /** The cuts that are tried: what has their features in its cache needs the examples no longer. */
    public static List<Cut> cuts(Architecture architecture) {
        return FeatureCuts.of(architecture);
    }

    /**
     * Chooses, and solves the head.
     *
     * @param task of pictures or texts themselves
     * @throws dev.graft.error.GraftException as a training
     */
    public static Selected run(TransferTask task) {
        Clock clock = new Clock(task.budget(), () -> 0);
        Selection selection = new Selection(task, clock, false);
        Choice choice = selection.choose();
        Approach.Transferred transferred = Auto.train(task, clock, choice, task.validation());
        return new Selected(transferred.result(), choice.result(), selection.examples(), selection.outOfFold());
    }
}
