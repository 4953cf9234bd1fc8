package dev.graft.strategy;

import dev.graft.backbone.Architecture;
import dev.graft.head.Head;
import dev.graft.optimization.TrainingSettings;
import java.util.List;

/**
 * Trains a source model: the whole network with its own classifier.
 *
 * @param pretrained whether it goes on from a source model's weights, classifier included; if not, from random ones
 */
public record Pretraining(boolean pretrained) implements Strategy {
    @Override
    public String name() {
        return "pretraining";
    }

    @Override
    public Head head(Architecture architecture) {
        return new Head.Own(architecture.classifier().layers());
    }

    @Override
    public List<Phase> phases(Architecture architecture, TrainingSettings settings) {
        return new FromScratch().phases(architecture, settings);
    }
}
