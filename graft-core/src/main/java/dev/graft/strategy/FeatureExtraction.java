package dev.graft.strategy;

import dev.graft.backbone.Architecture;
import dev.graft.feature.Cut;
import dev.graft.head.Head;
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
    /** With logistic regression on the features at a cut. */
    public static FeatureExtraction at(Cut features) {
        return new FeatureExtraction("feature-extraction", features, Head.LogisticRegression.defaults());
    }

    /** With logistic regression on the last stage before the classifier. */
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
        return features == null ? Strategy.super.cut(architecture) : features;
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
