package dev.graft.selection;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The wall-clock time that a whole experiment may take, from its start to its last file, and what was left out to keep to it.
 * Safe for use by several threads.
 */
public final class Budget {
    // For the files, the report and its figures, in seconds.
    private static final double LAST = 3;
    private static final double SHARE_OF_LAST = 0.05;

    private final LongSupplier nanos;
    private final long start;
    private final @Nullable Double seconds;
    private final List<String> leftOut = new ArrayList<>();

    private Budget(LongSupplier nanos, long start, @Nullable Double seconds) {
        this.nanos = nanos;
        this.start = start;
        this.seconds = seconds;
    }

    /** As long as the data's size makes sensible. */
    public static Budget unlimited() {
        return new Budget(System::nanoTime, System.nanoTime(), null);
    }

    /** So much time from now on. */
    public static Budget of(Duration whole) {
        return of(whole, Duration.ZERO);
    }

    /**
     * So much time, part of which is spent already.
     *
     * @param whole the time from the start
     * @param spent how long ago that was
     * @throws SettingsException if the whole is not longer than nothing
     */
    public static Budget of(Duration whole, Duration spent) {
        return timedBy(System::nanoTime, whole, spent);
    }

    /** By another clock than the system's, in nanoseconds. */
    static Budget timedBy(LongSupplier nanos, Duration whole, Duration spent) {
        if (whole.isNegative() || whole.isZero()) {
            throw new SettingsException(Problem.of("A budget must be longer than nothing.")
                    .expected("a duration such as 30s or 5m")
                    .found(whole));
        }
        return new Budget(nanos, nanos.getAsLong() - spent.toNanos(), whole.toNanos() / 1e9);
    }

    /** Whether there is a limit. */
    public boolean isLimited() {
        return seconds != null;
    }

    /** The whole time, in seconds; null for no limit. */
    public @Nullable Double seconds() {
        return seconds;
    }

    /** What has passed since the start, in seconds. */
    public double elapsed() {
        return (nanos.getAsLong() - start) / 1e9;
    }

    /** What may still be used, in seconds: infinite without a limit, below 0 when it is spent. */
    public double left() {
        return seconds == null ? Double.POSITIVE_INFINITY : seconds - elapsed();
    }

    /** What is kept for the files and the report at the end, in seconds. */
    public double kept() {
        return seconds == null ? 0 : Math.min(seconds / 3, LAST + SHARE_OF_LAST * seconds);
    }

    /**
     * Whether there is time for something that can be done without; what there is no time for is noted.
     *
     * @param cost what it will take, in seconds, besides what is {@link #kept}
     * @param what a name for it, such as {@code heat maps}
     */
    public boolean affords(double cost, String what) {
        if (cost + kept() <= left()) {
            return true;
        }
        leaveOut(what);
        return false;
    }

    /** Notes what is left out. */
    public synchronized void leaveOut(String what) {
        leftOut.add(what);
    }

    /** What was left out so far, in the order in which it was. */
    public synchronized List<String> leftOut() {
        return List.copyOf(leftOut);
    }
}
