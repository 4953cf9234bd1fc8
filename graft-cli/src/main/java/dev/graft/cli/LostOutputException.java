package dev.graft.cli;

import java.io.IOException;

/** A result could not be written to standard output, so that nobody has it. */
final class LostOutputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean readerLeft;

    LostOutputException(IOException cause, boolean readerLeft) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        this.readerLeft = readerLeft;
    }

    /** Whether the program that read from a pipe has ended, as {@code head} does once it has enough. */
    boolean readerLeft() {
        return readerLeft;
    }
}
