package dev.graft.curation;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.model.TransferModel;
import dev.graft.preparation.Preparation;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.training.FeatureExtractor;
import java.util.List;

/** What turns examples into vectors: a source model, or a transferred network, whose vectors are what its head takes. */
public sealed interface EmbeddingModel {
    /** Of more examples the vectors of all stages would fill the disk. */
    int MOST_BROAD = 20_000;

    /** A source model. */
    static EmbeddingModel of(Backbone backbone) {
        return new Source(backbone);
    }

    /**
     * A transferred network.
     *
     * @throws SettingsException if it takes items of several parts
     */
    static EmbeddingModel of(TransferModel model) {
        if (model.takesItems()) {
            throw new SettingsException(
                    Problem.of("A network for items of several parts has no single vector of features.")
                            .expected("a network for pictures or for texts, or a source model")
                            .found(TransferModel.title(model.branches()))
                            .fix("name a source model, and one column of pictures or texts"));
        }
        return new Transferred(model);
    }

    /** What messages call it. */
    String name();

    /** What turns an example into its input. */
    Preparation preparation();

    /**
     * The vectors of some examples.
     *
     * @param searched how many examples there are together that vectors are compared with, which decides the cut
     * @param cache keeps the features
     * @throws SettingsException if it takes examples of another kind
     */
    Embeddings embed(LabeledExamples data, int searched, FeatureCache cache);

    /**
     * A source model: all stages of a network for pictures up to {@link #MOST_BROAD} examples, else its usual cut.
     *
     * @param backbone the model
     */
    record Source(Backbone backbone) implements EmbeddingModel {
        @Override
        public String name() {
            return backbone.id();
        }

        @Override
        public Preparation preparation() {
            return backbone.architecture().preparation();
        }

        @Override
        public Embeddings embed(LabeledExamples data, int searched, FeatureCache cache) {
            Cut cut = searched <= MOST_BROAD
                    ? Embeddings.broadCut(backbone.architecture())
                    : FeatureExtraction.usualCut(backbone.architecture());
            return Embeddings.of(FeatureExtractor.extract(backbone, cut, data, cache));
        }
    }

    /**
     * A transferred network, at its own cut.
     *
     * @param model the network
     */
    record Transferred(TransferModel model) implements EmbeddingModel {
        @Override
        public String name() {
            return model.architecture().id() + " as transferred to "
                    + String.join(
                            ", ",
                            model.classNames()
                                    .subList(0, Math.min(3, model.classNames().size())))
                    + (model.classNames().size() > 3 ? ", …" : "");
        }

        @Override
        public Preparation preparation() {
            return model.architecture().preparation();
        }

        @Override
        public Embeddings embed(LabeledExamples data, int searched, FeatureCache cache) {
            return Embeddings.of(FeatureExtractor.extract(
                            model.architecture(), model.weights(), name(), List.of(model.cut()), data, cache)
                    .get(0));
        }
    }
}
