package dev.graft.error;

/** Something was used after it was closed, or closed while it was in use: close it later, or make another one. */
public final class ClosedException extends GraftException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception with the given problem as its message. */
    public ClosedException(Problem problem) {
        super(problem, null);
    }

    /** Makes the exception with the given problem as its message, and the failure that led to it. */
    public ClosedException(Problem problem, Throwable cause) {
        super(problem, cause);
    }

    /**
     * Makes the exception for something that is closed.
     *
     * @param what its name, such as {@code classifier}
     */
    public static ClosedException of(String what) {
        return new ClosedException(Problem.of("This " + what + " is closed.")
                .expected("an open one, as long as anything uses it")
                .found("one that was closed before, or by another thread in the meantime")
                .fix("close it when nothing uses it any longer, or make another one"));
    }
}
