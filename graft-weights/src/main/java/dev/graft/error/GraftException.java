package dev.graft.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything that Graft throws on purpose. Its message is meant for the user; the subclasses differ in what
 * the user does next.
 */
public abstract class GraftException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** Makes an exception whose message is the whole problem. */
    protected GraftException(Problem problem, @Nullable Throwable cause) {
        super(problem.toString(), cause);
        this.problem = problem;
    }

    /** The parts of the message. */
    public final Problem problem() {
        return problem;
    }
}
