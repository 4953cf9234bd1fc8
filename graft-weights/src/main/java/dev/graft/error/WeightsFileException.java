package dev.graft.error;

/** A file of weights, a bundle or a checkpoint is malformed, damaged or of a kind that is not read: get another file. */
public final class WeightsFileException extends GraftException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception with the given problem as its message. */
    public WeightsFileException(Problem problem) {
        super(problem, null);
    }

    /** Makes the exception with the given problem as its message, and the failure that led to it. */
    public WeightsFileException(Problem problem, Throwable cause) {
        super(problem, cause);
    }
}
