package dev.graft.training;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Layer;
import dev.graft.data.LabeledImages;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.head.Head;
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
        LabeledImages train,
        @Nullable LabeledImages validation,
        TrainingSettings settings,
        FeatureCache cache,
        TrainingListener listener,
        BooleanSupplier stopRequested,
        @Nullable Checkpoints checkpoints) {

    PhasePlan plan(Phase phase) {
        return PhasePlan.of(architecture, cut, headLayers, train.classNames().size(), phase.frozen());
    }
}
