package dev.graft.error;

/** The file system or the network refused: free the place, change the permission or the path, and try again. */
public final class StorageException extends GraftException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception with the given problem as its message. */
    public StorageException(Problem problem) {
        super(problem, null);
    }

    /** Makes the exception with the given problem as its message, and the failure that led to it. */
    public StorageException(Problem problem, Throwable cause) {
        super(problem, cause);
    }
}
