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
 * @param penalty what the loss has besides that of the examples; not for a head that is solved
 */
public record Phase(String name, Frozen frozen, int epochs, LearningRates rates, Schedule schedule, Penalty penalty) {
    /** Checks the epochs. */
    public Phase {
        if (epochs < 1) {
            throw new SettingsException(
                    Problem.of("A phase needs at least one epoch.").where(name).found(epochs));
        }
    }

    /** A phase without a penalty. */
    public Phase(String name, Frozen frozen, int epochs, LearningRates rates, Schedule schedule) {
        this(name, frozen, epochs, rates, schedule, Penalty.NONE);
    }

    /** The same with a penalty. */
    public Phase withPenalty(Penalty value) {
        return new Phase(name, frozen, epochs, rates, schedule, value);
    }

    /** The components; the penalty only if there is one, so that checkpoints from before there were any still fit. */
    @Override
    public String toString() {
        String last = penalty.equals(Penalty.NONE) ? "" : ", penalty=" + penalty;
        return "Phase[name=" + name + ", frozen=" + frozen + ", epochs=" + epochs + ", rates=" + rates + ", schedule="
                + schedule + last + "]";
    }
}
