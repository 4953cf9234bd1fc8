package dev.graft.strategy;

import dev.graft.error.Problem;
import dev.graft.error.Required;
import dev.graft.error.SettingsException;
import dev.graft.optimization.Objective;
import dev.graft.optimization.Schedule;
import dev.graft.optimization.TrainingSettings;

/**
 * One stretch of training.
 *
 * @param name what it is called in the history, such as {@code head}
 * @param frozen where the frozen part ends
 * @param epochs how many epochs, at least 1
 * @param rates the learning rates
 * @param schedule how they change over the phase
 * @param penalty what the loss has besides that of the examples; not for a head that is solved
 * @param objective what the phase brings down: the loss of the classes, unless it is said otherwise; of no effect on a head that
 *     is solved
 * @param runningStatistics whether batch normalisation in the trained part uses the statistics that it was pretrained with, and
 *     leaves them as they are, instead of those of each batch, which are noise where batches are small and new data is little
 */
public record Phase(
        String name,
        Frozen frozen,
        int epochs,
        LearningRates rates,
        Schedule schedule,
        Penalty penalty,
        Objective objective,
        boolean runningStatistics) {
    /** Checks the ranges. */
    public Phase {
        Required.setting(name, "name of a phase");
        Required.setting(frozen, "frozen part of phase " + name);
        Required.setting(rates, "learning rates of phase " + name);
        Required.setting(schedule, "schedule of phase " + name);
        Required.setting(penalty, "penalty of phase " + name);
        Required.setting(objective, "objective of phase " + name);
        if (epochs < 1) {
            throw new SettingsException(
                    Problem.of("A phase needs at least one epoch.").where(name).found(epochs));
        }
        if (objective instanceof Objective.Pairs && frozen instanceof Frozen.Everything) {
            throw new SettingsException(Problem.of("A head alone learns nothing from pairs of features.")
                    .where(name)
                    .expected("a phase that trains something of the backbone")
                    .found("everything frozen"));
        }
    }

    /** A phase without a penalty, with labels as they are and the statistics of each batch. */
    public Phase(String name, Frozen frozen, int epochs, LearningRates rates, Schedule schedule) {
        this(name, frozen, epochs, rates, schedule, Penalty.NONE, Objective.classes(), false);
    }

    /** A phase that trains the head alone, on features that are frozen. */
    public static Phase ofHead(TrainingSettings settings) {
        return new Phase(
                "head",
                Frozen.everything(),
                settings.epochs(),
                LearningRates.same(settings.learningRate()),
                settings.schedule());
    }

    /** Returns a copy with a penalty. */
    public Phase withPenalty(Penalty value) {
        return new Phase(name, frozen, epochs, rates, schedule, value, objective, runningStatistics);
    }

    /** Returns a copy with smoothed labels. */
    public Phase withLabelSmoothing(double value) {
        return withObjective(new Objective.Classes(value));
    }

    /** Returns a copy that brings something else down. */
    public Phase withObjective(Objective value) {
        return new Phase(name, frozen, epochs, rates, schedule, penalty, value, runningStatistics);
    }

    /** Whether it is trained on the similarity of pairs, without the head. */
    public boolean onPairs() {
        return objective instanceof Objective.Pairs;
    }

    /** Returns a copy with batch normalisation by the statistics that it was pretrained with. */
    public Phase withRunningStatistics() {
        return new Phase(name, frozen, epochs, rates, schedule, penalty, objective, true);
    }
}
