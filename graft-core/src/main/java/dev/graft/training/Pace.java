package dev.graft.training;

import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Lets a phase end in time. Where the steps turn out too slow for all that are planned, what is left of the schedule is run
 * through in fewer steps, so that it ends as it should: a learning rate that falls still falls to its end.
 */
final class Pace {
    private static final int WINDOW = 10;

    // Of the time that is left, some is for what a window does not show, such as measuring an epoch.
    private static final double USED = 0.9;

    private final long planned;
    private final DoubleSupplier left;
    private final LongSupplier nanos;
    private double position;
    private double stride = 1;
    private int window;
    private long windowStart;
    private long done;

    /**
     * At the start of a phase, or where it goes on.
     *
     * @param planned the phase's steps
     * @param done those that are done
     * @param left the seconds that are left for the phase; infinite for no limit
     * @param nanos a clock, in nanoseconds
     */
    Pace(long planned, long done, DoubleSupplier left, LongSupplier nanos) {
        this.planned = planned;
        this.left = left;
        this.nanos = nanos;
        this.position = done;
        this.done = done;
        this.windowStart = nanos.getAsLong();
    }

    /** Says that the first step begins now: what came before it, such as the pass of a frozen part, is none of its time. */
    void begin() {
        if (window == 0) {
            windowStart = nanos.getAsLong();
        }
    }

    /** The step of the planned schedule that the next step stands for, counted from 0. */
    long scheduled() {
        return Math.min(planned - 1, Math.round(position));
    }

    /** Whether the schedule has come to its end. */
    boolean isOver() {
        return position > planned - 0.5;
    }

    /** The steps that were left out, as far as the phase has come to its end. */
    long leftOut() {
        return planned - done;
    }

    /** Notes a step. */
    void stepDone() {
        done++;
        position += stride;
        double seconds = left.getAsDouble();
        if (Double.isInfinite(seconds)) {
            return;
        }
        window++;
        if (seconds <= 0) {
            position = planned;
        } else if (window == WINDOW) {
            long now = nanos.getAsLong();
            double each = (now - windowStart) / 1e9 / WINDOW;
            double affordable = USED * seconds / Math.max(each, 1e-9);
            stride = Math.max(1, (planned - position) / Math.max(1, affordable));
            window = 0;
            windowStart = now;
        }
    }
}
