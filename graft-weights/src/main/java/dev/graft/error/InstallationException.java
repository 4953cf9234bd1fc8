package dev.graft.error;

/**
 * Something that Graft runs on is missing or does not fit, such as a native library for this machine: change the class path,
 * the Java or the machine.
 */
public final class InstallationException extends GraftException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception with the given problem as its message. */
    public InstallationException(Problem problem) {
        super(problem, null);
    }

    /** Makes the exception with the given problem as its message, and the failure that led to it. */
    public InstallationException(Problem problem, Throwable cause) {
        super(problem, cause);
    }
}
