package dev.graft.strategy;

import dev.graft.backbone.Architecture;
import dev.graft.error.Required;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Head;
import dev.graft.layer.Stage;
import dev.graft.optimization.TrainingSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The backbone is a fixed extractor; only a head on its features is trained.
 *
 * @param name the name in results
 * @param features where the backbone is cut and how its output is pooled; null for the last stage before the classifier
 * @param newHead the head
 */
public record FeatureExtraction(String name, @Nullable Cut features, Head newHead) implements Strategy {
    private static final int LAST_LAYERS = 4;

    /** Checks that there are a name and a head. */
    public FeatureExtraction {
        Required.setting(name, "name of a strategy");
        Required.setting(newHead, "head");
    }

    /** With logistic regression on the features at a cut. */
    public static FeatureExtraction at(Cut features) {
        return new FeatureExtraction("feature-extraction", features, Head.LogisticRegression.defaults());
    }

    /** With logistic regression on the usual features of a backbone, {@link #usualCut}. */
    public static FeatureExtraction defaults() {
        return new FeatureExtraction("feature-extraction", null, Head.LogisticRegression.defaults());
    }

    /** Returns a copy that has another name in results. */
    public FeatureExtraction named(String other) {
        return new FeatureExtraction(other, features, newHead);
    }

    /** Returns a copy with another head. */
    public FeatureExtraction withHead(Head other) {
        return new FeatureExtraction(name, features, other);
    }

    @Override
    public Cut cut(Architecture architecture) {
        return features == null ? usualCut(architecture) : features;
    }

    /**
     * The last stage before the classifier; of a transformer the means of the tokens in its last four layers, joined, which hold more
     * than its last output alone, trained as that was for another task (Devlin et al. 2019, arXiv 1810.04805, table 7).
     */
    public static Cut usualCut(Architecture architecture) {
        List<String> stages =
                architecture.featureStages().stream().map(Stage::name).toList();
        List<String> sequences = stages.stream()
                .filter(stage -> architecture.outputShape(stage).isSequence())
                .skip(1)
                .toList();
        return sequences.size() < 2
                ? Cut.at(stages.get(stages.size() - 1))
                : new Cut(
                        sequences.subList(Math.max(0, sequences.size() - LAST_LAYERS), sequences.size()), Pooling.MEAN);
    }

    @Override
    public Head head(Architecture architecture) {
        return newHead;
    }

    /** Only a head is trained, so that a backbone's kind makes no difference. */
    @Override
    public TrainingSettings defaultSettings(Architecture architecture, int examples) {
        return TrainingSettings.defaults();
    }

    @Override
    public List<Phase> phases(Architecture architecture, TrainingSettings settings) {
        return List.of(Phase.ofHead(settings));
    }
}
