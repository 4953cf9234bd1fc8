package dev.graft.strategy;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.LowRank;
import dev.graft.feature.Cut;
import dev.graft.head.Head;
import dev.graft.layer.Layer;
import dev.graft.layer.Stage;
import dev.graft.optimization.TrainingSettings;
import dev.graft.preparation.Tokenization;
import java.util.List;
import java.util.Optional;

/** A way to transfer: where the backbone is cut, what head it gets, and the phases of training. Immutable. */
public interface Strategy {
    /** The name in options and results, such as {@code fine-tuning}. */
    String name();

    /** Where the backbone ends. By default at the last stage before its classifier. */
    default Cut cut(Architecture architecture) {
        List<Stage> stages = architecture.featureStages();
        return Cut.at(stages.get(stages.size() - 1).name());
    }

    /** The head. By default one dense layer, with the dropout of the architecture's own classifier. */
    default Head head(Architecture architecture) {
        return new Head.Classifier(architecture.classifier().layers().stream()
                .filter(Layer.Dropout.class::isInstance)
                .map(layer -> ((Layer.Dropout) layer).rate())
                .findFirst()
                .orElse(0f));
    }

    /** Whether the backbone starts from its pretrained weights; if not, from random ones. */
    default boolean pretrained() {
        return true;
    }

    /** What is trained beside a backbone that stays as it is; nothing if the backbone itself is trained. */
    default Optional<LowRank> adapters() {
        return Optional.empty();
    }

    /**
     * How to train if nothing else is said: {@link TrainingSettings#forTransformers} for texts.
     *
     * @param examples the training examples
     */
    default TrainingSettings defaultSettings(Architecture architecture, int examples) {
        return architecture.preparation() instanceof Tokenization
                ? TrainingSettings.forTransformers(examples)
                : TrainingSettings.defaults();
    }

    /** The phases, in order, at least one. */
    List<Phase> phases(Architecture architecture, TrainingSettings settings);
}
