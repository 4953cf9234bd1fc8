package dev.graft.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Another program that keeps the machine's last core busy until it is closed. */
public final class Neighbour implements AutoCloseable {
    private final Process process;

    private Neighbour(Process process) {
        this.process = process;
    }

    /** Starts it. */
    public static Neighbour start() {
        int last = Runtime.getRuntime().availableProcessors() - 1;
        try {
            return new Neighbour(
                    new ProcessBuilder("taskset", "-c", "" + last, "sh", "-c", "while :; do :; done").start());
        } catch (IOException e) {
            throw new UncheckedIOException("a busy neighbour needs the commands taskset and sh", e);
        }
    }

    /** Fails if it ended by itself. */
    public void requireRunning() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the busy neighbour ended with " + process.exitValue());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
