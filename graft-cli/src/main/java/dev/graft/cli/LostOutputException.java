package dev.graft.cli;

import java.io.IOException;

/** A result could not be written to standard output, so that nobody has it. */
final class LostOutputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean readerLeft;

    /**
     * Makes the exception.
     *
     * @param pipe whether standard output is a pipe. The system's message may be in any language, but all that goes wrong
     *     with a pipe is that nobody reads it
     */
    LostOutputException(IOException cause, boolean pipe) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        this.readerLeft = pipe || String.valueOf(cause.getMessage()).contains("Broken pipe");
    }

    /** Whether the program that read from a pipe has ended, as {@code head} does once it has enough. */
    boolean readerLeft() {
        return readerLeft;
    }
}
