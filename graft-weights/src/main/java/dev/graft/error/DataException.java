package dev.graft.error;

/** The user's data, or a data set's files, cannot be used as they are: mend or replace the data. */
public final class DataException extends GraftException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception with the given problem as its message. */
    public DataException(Problem problem) {
        super(problem, null);
    }

    /** Makes the exception with the given problem as its message, and the failure that led to it. */
    public DataException(Problem problem, Throwable cause) {
        super(problem, cause);
    }
}
