package dev.graft.strategy;

import dev.graft.backbone.Architecture;
import dev.graft.error.Problem;
import dev.graft.error.Required;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.head.Head;
import dev.graft.optimization.TrainingSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LP-FT: first the head alone, to convergence, then the backbone with it at a small learning rate, so that a random head does
 * not distort good features (Kumar et al. 2022, arXiv 2202.10054). Where only the end of the backbone is trained, what comes
 * before it runs once over the data, and each epoch costs as little as the end does. Batch normalisation then keeps the
 * statistics that it was pretrained with, as in Keras' guide to transfer learning, labels are smoothed by a tenth, and the
 * probe is held to small weights.
 *
 * @param from the first stage that the second phase trains; null for all of them
 * @param fineTuningRate the learning rate of the second phase as a share of the settings', above 0
 * @param features where the head takes its features; null for the last stage before the classifier
 * @param probe the head of the first phase
 */
public record LinearProbeFineTuning(
        @Nullable String from,
        double fineTuningRate,
        @Nullable Cut features,
        Head.Solved probe) implements Strategy {
    /** The name of the strategy that trains all stages. */
    static final String NAME = "lp-ft";

    private static final double PENALTY_OF_SMALL_WEIGHTS = 1e4;
    private static final double LABEL_SMOOTHING = 0.1;

    /**
     * Checks the range.
     *
     * @throws SettingsException if the second phase's rate is not a finite number above 0, or there is no probe
     */
    public LinearProbeFineTuning {
        Required.setting(probe, "probe");
        if (!(fineTuningRate > 0) || Double.isInfinite(fineTuningRate)) {
            throw new SettingsException(Problem.of("The second phase's share of the learning rate must be above 0.")
                    .found(fineTuningRate));
        }
    }

    /** All stages, in the second phase at a tenth of the learning rate. */
    public static LinearProbeFineTuning defaults() {
        return new LinearProbeFineTuning(null, 0.1, null, Head.LogisticRegression.defaults());
    }

    /**
     * The named stage and those after it, in the second phase at half of the learning rate. The probe has small weights: the
     * ones that fit best are large, and their gradients would change the features more than they need.
     */
    public static LinearProbeFineTuning from(String stage) {
        return new LinearProbeFineTuning(
                stage, 0.5, null, new Head.LogisticRegression(PENALTY_OF_SMALL_WEIGHTS, false));
    }

    /** Returns a copy with another share of the learning rate for the second phase. */
    public LinearProbeFineTuning withRate(double share) {
        return new LinearProbeFineTuning(from, share, features, probe);
    }

    /** Returns a copy whose head is on the features at a cut. */
    public LinearProbeFineTuning at(Cut cut, Head.Solved head) {
        return new LinearProbeFineTuning(from, fineTuningRate, cut, head);
    }

    @Override
    public String name() {
        return from == null ? NAME : NAME + "@" + from;
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
        Phase fineTuning = new Phase(
                "fine-tuning",
                from == null ? Frozen.nothing() : Frozen.before(architecture, from),
                settings.epochs(),
                LearningRates.same(rate * fineTuningRate),
                settings.schedule());
        return List.of(
                new Phase(
                        "linear probe",
                        Frozen.everything(),
                        settings.epochs(),
                        LearningRates.same(rate),
                        settings.schedule()),
                from == null ? fineTuning : fineTuning.withRunningStatistics().withLabelSmoothing(LABEL_SMOOTHING));
    }
}
