package dev.graft.training;

import dev.graft.result.EpochResult;

/** Is told how a run goes on. Methods are called from the training thread and should return soon. */
public interface TrainingListener {
    /** Does nothing, and lets warnings out of the log too: for trials whose user has been told already. */
    TrainingListener SILENT = new TrainingListener() {};

    /**
     * A phase begins.
     *
     * @param name the phase's name
     * @param phase counted from 1
     * @param phases how many there are
     * @param steps training steps in this phase; 0 if it is solved rather than trained
     */
    default void phaseStarted(String name, int phase, int phases, long steps) {}

    /**
     * A training step is done.
     *
     * @param step counted from 1 within the phase
     * @param steps training steps in this phase
     * @param loss the step's mean loss, in nats
     */
    default void stepDone(long step, long steps, double loss) {}

    /** An epoch is done and measured. */
    default void epochDone(EpochResult epoch) {}

    /**
     * Something the user should know, such as a fall-back to an older checkpoint. It is in the log as well, as a warning of
     * this package's logger.
     */
    default void warning(String message) {}
}
