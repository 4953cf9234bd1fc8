package dev.graft.strategy;

import dev.graft.backbone.Architecture;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.optimization.TrainingSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The backbone from a stage on and a new head are trained together, the backbone at a smaller learning rate.
 *
 * @param from the first trained stage; null for all of them
 * @param headRate the head's learning rate as a multiple of the settings', above 0
 * @param backboneRate the backbone's learning rate as a multiple of the settings', above 0
 */
public record FineTuning(@Nullable String from, double headRate, double backboneRate) implements Strategy {
    /** Checks the ranges. */
    public FineTuning {
        if (!(headRate > 0) || !(backboneRate > 0) || Double.isInfinite(headRate + backboneRate)) {
            throw new SettingsException(Problem.of("The multiples of the learning rate must be above 0.")
                    .found("head " + headRate + ", backbone " + backboneRate));
        }
    }

    /** All stages, at a third of the head's learning rate. */
    public static FineTuning all() {
        return new FineTuning(null, 1, 1.0 / 3);
    }

    /** The named stage and those after it, at a third of the head's learning rate. */
    public static FineTuning from(String stage) {
        return new FineTuning(stage, 1, 1.0 / 3);
    }

    /** Returns a copy with other multiples of the settings' learning rate. */
    public FineTuning withRates(double head, double backbone) {
        return new FineTuning(from, head, backbone);
    }

    @Override
    public String name() {
        return from == null ? "fine-tuning" : "fine-tuning@" + from;
    }

    @Override
    public List<Phase> phases(Architecture architecture, TrainingSettings settings) {
        Frozen frozen = from == null ? Frozen.nothing() : Frozen.before(architecture, from);
        double rate = settings.learningRate();
        return List.of(new Phase(
                "fine-tuning",
                frozen,
                settings.epochs(),
                new LearningRates(rate * headRate, rate * backboneRate, 1),
                settings.schedule()));
    }
}
