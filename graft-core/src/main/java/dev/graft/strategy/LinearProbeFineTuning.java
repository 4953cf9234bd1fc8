package dev.graft.strategy;

import dev.graft.backbone.Architecture;
import dev.graft.feature.Cut;
import dev.graft.head.Head;
import dev.graft.optimization.TrainingSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LP-FT: first the head alone, to convergence, then everything at a small learning rate, so that a random head does not
 * distort good features (Kumar et al. 2022, arXiv 2202.10054).
 *
 * @param fineTuningRate the learning rate of the second phase as a share of the settings', above 0
 * @param features where the head takes its features; null for the last stage before the classifier
 * @param probe the head of the first phase
 */
public record LinearProbeFineTuning(
        double fineTuningRate, @Nullable Cut features, Head.LogisticRegression probe) implements Strategy {
    /** The second phase at a tenth of the learning rate. */
    public static LinearProbeFineTuning defaults() {
        return new LinearProbeFineTuning(0.1, null, Head.LogisticRegression.defaults());
    }

    /** The same with another share of the learning rate for the second phase. */
    public LinearProbeFineTuning withRate(double share) {
        return new LinearProbeFineTuning(share, features, probe);
    }

    /** The same with a head on the features at a cut. */
    public LinearProbeFineTuning at(Cut cut, Head.LogisticRegression head) {
        return new LinearProbeFineTuning(fineTuningRate, cut, head);
    }

    @Override
    public String name() {
        return "lp-ft";
    }

    @Override
    public Head head(Architecture architecture) {
        return probe;
    }

    @Override
    public Cut cut(Architecture architecture) {
        return features == null ? Strategy.super.cut(architecture) : features;
    }

    @Override
    public List<Phase> phases(Architecture architecture, TrainingSettings settings) {
        double rate = settings.learningRate();
        return List.of(
                new Phase(
                        "linear probe",
                        Frozen.everything(),
                        settings.epochs(),
                        LearningRates.same(rate),
                        settings.schedule()),
                new Phase(
                        "fine-tuning",
                        Frozen.nothing(),
                        settings.epochs(),
                        LearningRates.same(rate * fineTuningRate),
                        settings.schedule()));
    }
}
