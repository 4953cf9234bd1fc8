package dev.graft.strategy;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.optimization.Schedule;

/**
 * One stretch of training.
 *
 * @param name what it is called in the history, such as {@code head}
 * @param frozen where the frozen part ends
 * @param epochs how many epochs, at least 1
 * @param rates the learning rates
 * @param schedule how they change over the phase
 */
public record Phase(String name, Frozen frozen, int epochs, LearningRates rates, Schedule schedule) {
    /** Checks the epochs. */
    public Phase {
        if (epochs < 1) {
            throw new SettingsException(
                    Problem.of("A phase needs at least one epoch.").where(name).found(epochs));
        }
    }
}
