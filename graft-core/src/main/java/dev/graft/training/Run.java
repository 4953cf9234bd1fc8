package dev.graft.training;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Layer;
import dev.graft.data.LabeledExamples;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.head.Head;
import dev.graft.image.Augmentation;
import dev.graft.optimization.Balance;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.Phase;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a run was asked to do; fixed from its start to its end. */
record Run(
        Architecture architecture,
        String strategy,
        Cut cut,
        Head head,
        List<Layer> headLayers,
        List<Phase> phases,
        LabeledExamples train,
        Augmentation augmentation,
        Balance balance,
        @Nullable LabeledExamples validation,
        TrainingSettings settings,
        FeatureCache cache,
        TrainingListener listener,
        BooleanSupplier stopRequested,
        @Nullable Checkpoints checkpoints) {

    /** The training examples as an epoch of a phase sees them. */
    View trainingView(PhasePlan plan, int phase, int epoch) {
        if (!augmentation.changesImages()) {
            return View.plain(train);
        }
        // Behind frozen stages a few views are kept and taken in turn; without, every epoch draws its own.
        long seed = plan.frozen().isEmpty()
                ? Seeds.view(settings.seed(), phase, epoch)
                : Seeds.view(settings.seed(), 0, epoch % augmentation.views());
        return new View(train, augmentation, seed);
    }

    /** How much an example of each class counts; empty if all count 1. */
    float[] classWeights() {
        return balance == Balance.CLASS_WEIGHTS
                ? Balance.classWeights(
                        FrozenPart.labels(train), train.classNames().size())
                : new float[0];
    }

    PhasePlan plan(Phase phase) {
        return PhasePlan.of(architecture, cut, headLayers, train.classNames().size(), phase.frozen());
    }
}
