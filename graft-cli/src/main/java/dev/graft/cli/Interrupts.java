package dev.graft.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Ctrl-C, or a request to end as {@code kill} sends it: the first asks the running work to stop at its next safe point, the
 * second leaves at once. Thread-safe, since signals arrive on a thread of their own.
 */
final class Interrupts {
    private final Console console;
    private final IntConsumer leave;
    private final AtomicInteger count = new AtomicInteger();
    private volatile int exitCode = ExitCode.INTERRUPTED;
    private final AtomicBoolean listening = new AtomicBoolean();

    /** The action is given the exit code to leave with. */
    Interrupts(Console console, IntConsumer leave) {
        this.console = console;
        this.leave = leave;
    }

    /** Starts to listen, unless it already does, and returns the question whether the work should stop. */
    BooleanSupplier listen() {
        if (listening.compareAndSet(false, true)) {
            handle("INT", ExitCode.INTERRUPTED);
            handle("TERM", ExitCode.TERMINATED);
        }
        return this::stopWasRequested;
    }

    /**
     * Java has no public way to handle a signal and go on. The one in the module jdk.unsupported is there on every JDK, but
     * the compiler warns about it in a way that nothing can silence, hence the reflection.
     */
    private void handle(String signalName, int code) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object interrupt = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        interrupt(code);
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(signalName), interrupt);
        } catch (ReflectiveOperationException e) {
            // The process was started without signal handling (-Xrs): Ctrl-C ends it at once, as always.
        }
    }

    boolean stopWasRequested() {
        return count.get() > 0;
    }

    /** The code to end with after a failure: of work that was stopped, that of the signal that stopped it. */
    int ended(int code) {
        return code == ExitCode.INTERRUPTED ? exitCode : code;
    }

    /** The code to end with, once a stop was requested: that of the first signal. */
    int exitCode() {
        return exitCode;
    }

    /** What one Ctrl-C does. */
    void interrupt() {
        interrupt(ExitCode.INTERRUPTED);
    }

    /** What one signal does, which ends a process with the given code. */
    void interrupt(int code) {
        if (count.incrementAndGet() == 1) {
            exitCode = code;
            console.warn(
                    code == ExitCode.INTERRUPTED
                            ? "Stopping at the next safe point. Press Ctrl-C again to leave at once."
                            : "Asked to end: stopping at the next safe point. A second signal ends it at once.");
        } else {
            leave.accept(code);
        }
    }
}
