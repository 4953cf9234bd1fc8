package dev.graft.strategy;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
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
 * @param labelSmoothing the share of each label that is spread evenly over all classes, 0 to below 1; not for a head that is
 *     solved
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
        double labelSmoothing,
        boolean runningStatistics) {
    /** Checks the ranges. */
    public Phase {
        if (epochs < 1) {
            throw new SettingsException(
                    Problem.of("A phase needs at least one epoch.").where(name).found(epochs));
        }
        if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
            throw new SettingsException(Problem.of("Label smoothing is a share of the label.")
                    .where(name)
                    .expected("0 to below 1")
                    .found(labelSmoothing));
        }
    }

    /** A phase without a penalty, with labels as they are and the statistics of each batch. */
    public Phase(String name, Frozen frozen, int epochs, LearningRates rates, Schedule schedule) {
        this(name, frozen, epochs, rates, schedule, Penalty.NONE, 0, false);
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
        return new Phase(name, frozen, epochs, rates, schedule, value, labelSmoothing, runningStatistics);
    }

    /** Returns a copy with smoothed labels. */
    public Phase withLabelSmoothing(double value) {
        return new Phase(name, frozen, epochs, rates, schedule, penalty, value, runningStatistics);
    }

    /** Returns a copy with batch normalisation by the statistics that it was pretrained with. */
    public Phase withRunningStatistics() {
        return new Phase(name, frozen, epochs, rates, schedule, penalty, labelSmoothing, true);
    }
}
