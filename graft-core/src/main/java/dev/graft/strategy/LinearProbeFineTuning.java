package dev.graft.strategy;

import dev.graft.backbone.Architecture;
import dev.graft.head.Head;
import dev.graft.optimization.TrainingSettings;
import java.util.List;

/**
 * LP-FT: first the head alone, to convergence, then everything at a small learning rate, so that a random head does not
 * distort good features (Kumar et al. 2022, arXiv 2202.10054).
 *
 * @param fineTuningRate the learning rate of the second phase as a share of the settings', above 0
 */
public record LinearProbeFineTuning(double fineTuningRate) implements Strategy {
    /** The second phase at a tenth of the learning rate. */
    public static LinearProbeFineTuning defaults() {
        return new LinearProbeFineTuning(0.1);
    }

    @Override
    public String name() {
        return "lp-ft";
    }

    @Override
    public Head head(Architecture architecture) {
        return Head.LogisticRegression.defaults();
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
