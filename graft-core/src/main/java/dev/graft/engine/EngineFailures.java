package dev.graft.engine;

import ai.djl.engine.EngineException;
import dev.graft.error.GraftException;
import dev.graft.error.Problem;
import dev.graft.error.Reason;
import dev.graft.error.StorageException;
import dev.graft.error.TrainingException;
import java.util.function.Supplier;

/** Turns what the engine throws into exceptions that say what it was about. */
final class EngineFailures {
    private static final String NO_MEMORY = "can't allocate memory";

    private EngineFailures() {}

    /**
     * Does some work in the engine.
     *
     * @param work what it is, such as {@code a training step of 32 examples}
     * @throws StorageException if the machine's memory does not suffice
     * @throws TrainingException if the engine refuses anything else
     */
    static <T> T told(String work, Supplier<T> computation) {
        try {
            return computation.get();
        } catch (EngineException e) {
            throw of(work, e);
        }
    }

    private static GraftException of(String work, EngineException e) {
        String message = Reason.of(e);
        if (message.contains(NO_MEMORY)) {
            return new StorageException(
                    Problem.of("This machine's memory does not suffice.")
                            .where(work)
                            .found(message.substring(message.indexOf(NO_MEMORY)))
                            .fix(
                                    "compute fewer examples at a time, take shorter texts, smaller images or a smaller backbone,"
                                            + " or end other programs"),
                    e);
        }
        return new TrainingException(
                Problem.of("The tensor engine refused to compute.")
                        .where(work)
                        .found(message)
                        .fix("this is a defect of Graft: please report it, with the whole exception"),
                e);
    }
}
