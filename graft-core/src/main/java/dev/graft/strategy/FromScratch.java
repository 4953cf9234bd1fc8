package dev.graft.strategy;

import dev.graft.backbone.Architecture;
import dev.graft.optimization.TrainingSettings;
import java.util.List;

/** Trains the source model's network from random weights: what transfer has to beat. */
public record FromScratch() implements Strategy {
    /** The name in results. */
    public static final String NAME = "from-scratch";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean pretrained() {
        return false;
    }

    @Override
    public List<Phase> phases(Architecture architecture, TrainingSettings settings) {
        return List.of(new Phase(
                "training",
                Frozen.nothing(),
                settings.epochs(),
                LearningRates.same(settings.learningRate()),
                settings.schedule()));
    }
}
