package dev.graft.strategy;

import dev.graft.backbone.Architecture;
import dev.graft.head.Head;
import dev.graft.optimization.TrainingSettings;
import java.util.List;

/** Trains a source model: the whole network with its own classifier, from random weights. */
public record Pretraining() implements Strategy {
    @Override
    public String name() {
        return "pretraining";
    }

    @Override
    public Head head(Architecture architecture) {
        return new Head.Own(architecture.classifier().layers());
    }

    @Override
    public boolean pretrained() {
        return false;
    }

    @Override
    public List<Phase> phases(Architecture architecture, TrainingSettings settings) {
        return new FromScratch().phases(architecture, settings);
    }
}
