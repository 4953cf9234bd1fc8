package dev.graft.training;

import dev.graft.error.Problem;
import dev.graft.error.StoppedException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.function.BooleanSupplier;

/**
 * Whether a run is to stop: because its user says so, or because its thread was interrupted, as {@code Future.cancel(true)} does.
 * The thread's mark is taken off when it is seen, since files are closed under a thread that bears it, and checkpoints are files;
 * {@link #restore} puts it back.
 */
final class Interruption implements BooleanSupplier {
    private final Thread caller = Thread.currentThread();
    private final BooleanSupplier asked;
    private volatile boolean interrupted;

    Interruption(BooleanSupplier asked) {
        this.asked = asked;
    }

    @Override
    public boolean getAsBoolean() {
        look();
        return interrupted || asked.getAsBoolean();
    }

    private void look() {
        if (Thread.currentThread() == caller ? Thread.interrupted() : caller.isInterrupted()) {
            interrupted = true;
        }
    }

    /** What a failure comes to: a stop, where the thread's interruption is all there is to it. */
    RuntimeException meaning(RuntimeException failure) {
        look();
        if (!interrupted || failure instanceof StoppedException || !byInterruption(failure)) {
            return failure;
        }
        return new StoppedException(
                Problem.of("Stopped as asked.")
                        .found("the thread was interrupted while a file was read or written")
                        .fix("run the same again; with checkpoints, it can be resumed from the newest"),
                failure);
    }

    private static boolean byInterruption(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException
                    || cause instanceof ClosedByInterruptException
                    || cause instanceof FileLockInterruptionException) {
                return true;
            }
        }
        return false;
    }

    /** Puts the mark back that the thread bore. */
    void restore() {
        if (interrupted) {
            caller.interrupt();
        }
    }
}
