package dev.graft.error;

/** A well-formed set of weights does not fit the network it was meant for: choose another network or other weights. */
public final class WeightsMismatchException extends GraftException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception with the given problem as its message. */
    public WeightsMismatchException(Problem problem) {
        super(problem, null);
    }

    /** Makes the exception with the given problem as its message, and the failure that led to it. */
    public WeightsMismatchException(Problem problem, Throwable cause) {
        super(problem, cause);
    }
}
