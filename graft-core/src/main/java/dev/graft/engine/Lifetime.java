package dev.graft.engine;

import ai.djl.ndarray.NDManager;
import dev.graft.error.ClosedException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * How long something lives that holds native memory: until it is closed and nobody is inside of it any longer. Whoever comes
 * after it was closed is turned away; who is inside goes on to the end of a piece of work, and the last to leave gives the
 * memory back. Nobody waits, so that closing from inside is as harmless as closing twice. Safe for use by several threads.
 */
final class Lifetime {
    private final String what;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();
    // The owner counts as one.
    private final AtomicInteger inside = new AtomicInteger(1);

    /**
     * Begins.
     *
     * @param what the name of what lives, for messages
     * @param release gives its memory back; called once
     */
    Lifetime(String what, Runnable release) {
        this.what = what;
        this.release = release;
    }

    /**
     * Does a piece of work that reads or writes the native memory.
     *
     * @throws ClosedException if it is closed
     */
    <T> T during(Supplier<T> work) {
        enter();
        try {
            return work.get();
        } finally {
            leave();
        }
    }

    /** Does a piece of work that gives nothing back; else as {@link #during(Supplier)}. */
    void during(Runnable work) {
        enter();
        try {
            work.run();
        } finally {
            leave();
        }
    }

    /**
     * Makes sure that it is open.
     *
     * @throws ClosedException if it is closed
     */
    void requireOpen() {
        if (closed.get()) {
            throw ClosedException.of(what);
        }
    }

    private void enter() {
        int before;
        do {
            requireOpen();
            before = inside.get();
            if (before == 0) {
                throw ClosedException.of(what);
            }
        } while (!inside.compareAndSet(before, before + 1));
    }

    private void leave() {
        if (inside.decrementAndGet() == 0) {
            release.run();
        }
    }

    /** Ends it: at once, or when the last one leaves who is inside. To close twice does nothing. */
    void close() {
        if (closed.compareAndSet(false, true)) {
            leave();
        }
    }

    /**
     * Makes something in a scope, which is closed again if it cannot be made.
     *
     * @param scope what it lives in
     */
    static <T> T inScope(NDManager scope, Supplier<T> making) {
        try {
            return making.get();
        } catch (RuntimeException | Error e) {
            scope.close();
            throw e;
        }
    }
}
