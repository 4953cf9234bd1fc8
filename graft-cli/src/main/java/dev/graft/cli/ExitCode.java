package dev.graft.cli;

/** What the process tells its caller when it ends. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    /** By convention 128 plus the number of the signal, here that of Ctrl-C. */
    static final int INTERRUPTED = 130;

    /** By the same convention, that of a request to end, as schedulers and containers send it. */
    static final int TERMINATED = 143;

    /** By the same convention, for who writes to a pipe that nobody reads any more. */
    static final int PIPE_CLOSED = 141;

    private ExitCode() {}
}
