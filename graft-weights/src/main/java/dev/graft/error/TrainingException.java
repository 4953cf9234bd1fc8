package dev.graft.error;

/** Training could not go on, because the loss or a weight stopped being a finite number: change the training settings. */
public final class TrainingException extends GraftException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception with the given problem as its message. */
    public TrainingException(Problem problem) {
        super(problem, null);
    }

    /** Makes the exception with the given problem as its message, and the failure that led to it. */
    public TrainingException(Problem problem, Throwable cause) {
        super(problem, cause);
    }
}
