package dev.graft.error;

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
}
