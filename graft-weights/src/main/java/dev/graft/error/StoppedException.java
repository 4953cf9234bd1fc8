package dev.graft.error;

import org.jspecify.annotations.Nullable;

/** The user asked a long work to stop, and it did: go on later, from what was saved. */
public final class StoppedException extends GraftException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception with the given problem as its message. */
    public StoppedException(Problem problem) {
        super(problem, null);
    }

    /** Makes the exception with the given problem as its message, and the failure that led to it. */
    public StoppedException(Problem problem, Throwable cause) {
        super(problem, cause);
    }

    /**
     * Ends work whose thread was interrupted, as by {@code Thread.interrupt} or {@code Future.cancel(true)}; called again and again by
     * work that takes long. The thread stays marked as interrupted.
     *
     * @throws StoppedException if the calling thread is marked as interrupted
     */
    public static void throwIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw ofInterruption(null);
        }
    }

    /** The end of work whose thread was interrupted, whose results are not kept. */
    public static StoppedException ofInterruption(@Nullable Throwable cause) {
        Problem problem =
                Problem.of("Stopped as asked.").found("an interrupted thread: nothing of this part was saved");
        return cause == null ? new StoppedException(problem) : new StoppedException(problem, cause);
    }
}
