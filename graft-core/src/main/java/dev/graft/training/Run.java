package dev.graft.training;

import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.engine.Examples;
import dev.graft.feature.FeatureCache;
import dev.graft.head.Head;
import dev.graft.image.Augmentation;
import dev.graft.layer.Layer;
import dev.graft.optimization.Balance;
import dev.graft.optimization.NumberLoss;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.Phase;
import dev.graft.targets.TargetKind;
import dev.graft.targets.TargetScale;
import dev.graft.targets.Targets;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run was asked to do; fixed from its start to its end.
 */
record Run(
        Blueprint blueprint,
        BranchData train,
        Augmentation augmentation,
        Balance balance,
        NumberLoss numberLoss,
        @Nullable BranchData validation,
        FeatureCache cache,
        TrainingListener listener,
        Interruption stopRequested,
        TimeLimit limit,
        @Nullable Checkpoints checkpoints) {

    List<SourceBranch> branches() {
        return blueprint.branches();
    }

    Head head() {
        return blueprint.head();
    }

    List<Layer> headLayers() {
        return blueprint.headLayers();
    }

    List<Phase> phases() {
        return blueprint.phases();
    }

    TrainingSettings settings() {
        return blueprint.settings();
    }

    /** The source models' tensors, also where the run goes on from a checkpoint. */
    WeightSet startingPoint() {
        return blueprint.startingPoint();
    }

    /** What each branch takes of the training examples, as an epoch of a phase sees it. */
    List<View> trainingViews(PhasePlan plan, int phase, int epoch) {
        List<View> views = new ArrayList<>();
        for (int i = 0; i < branches().size(); i++) {
            LabeledExamples part = train.parts().get(i);
            views.add(trainingView(part, plan.branches().get(i), phase, epoch));
        }
        return views;
    }

    private View trainingView(LabeledExamples part, BranchPlan plan, int phase, int epoch) {
        if (!augmentation.changesImages() || !(part instanceof LabeledImages)) {
            return View.plain(part);
        }
        // Behind frozen stages a few views are kept and taken in turn; without, every epoch draws its own.
        long seed = plan.frozen().isEmpty()
                ? Seeds.view(settings().seed(), phase, epoch)
                : Seeds.view(settings().seed(), 0, epoch % augmentation.views());
        return new View(part, augmentation, seed);
    }

    /** How much an example of each class counts, or each label where an example has it; empty if all count 1. */
    float[] classWeights() {
        return balance == Balance.CLASS_WEIGHTS ? Balance.weights(train.whole().targets()) : new float[0];
    }

    /** What is to be told of the examples. */
    TargetKind kind() {
        return train.whole().kind();
    }

    /** How numbers are standardised while they are learned. */
    TargetScale scale() {
        return TargetScale.of(train.whole().targets());
    }

    /** The targets of some examples as they are learned. */
    Targets targets(BranchData data) {
        return scale().standardised(data.whole().targets());
    }

    /** Whether the head of a phase is solved, instead of trained step by step. */
    boolean solves(PhasePlan plan) {
        return plan.headOnly() && head() instanceof Head.Solved;
    }

    /** Returns the run with nobody to hear of it and nothing saved. */
    Run inSilence() {
        return new Run(
                blueprint,
                train,
                augmentation,
                balance,
                numberLoss,
                validation,
                cache,
                TrainingListener.SILENT,
                stopRequested,
                TimeLimit.NONE,
                null);
    }

    /** The order in which an epoch of a phase takes the examples. */
    int[] order(int phase, int epoch, Examples examples) {
        int[] order = balance == Balance.SAMPLING
                ? Seeds.balancedOrder(settings().seed(), phase, epoch, train.labels(), classes())
                : Seeds.order(settings().seed(), phase, epoch, train.whole().size());
        if (phases().get(phase).onPairs()) {
            // Batches of about one length would compare the same texts in every epoch.
            return Batches.inPairs(order, train.labels());
        }
        int[] lengths = examples.lengths();
        return lengths == null
                ? order
                : Batches.bucketed(
                        order,
                        lengths,
                        settings().batchSize(),
                        Seeds.buckets(settings().seed(), phase, epoch));
    }

    PhasePlan plan(Phase phase) {
        return PhasePlan.of(branches(), phase.onPairs() ? List.of() : headLayers(), classes(), phase.frozen());
    }

    private int classes() {
        return train.whole().classNames().size();
    }
}
