package dev.graft.cli;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Progress as plain lines, a few seconds apart; short work prints none. */
final class LineProgress implements Progress {
    private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(5).toNanos();

    private final Consumer<String> lines;
    private final LongSupplier nanoTime;
    private final String task;
    private final long total;
    private final long start;
    private long nextLine;
    private long done;
    private boolean printed;

    LineProgress(Consumer<String> lines, LongSupplier nanoTime, String task, long total) {
        this.lines = lines;
        this.nanoTime = nanoTime;
        this.task = task;
        this.total = total;
        this.start = nanoTime.getAsLong();
        this.nextLine = start + NANOS_BETWEEN_LINES;
    }

    @Override
    public synchronized void advanceTo(long steps, String detail) {
        done = steps;
        long now = nanoTime.getAsLong();
        if (now - nextLine < 0) {
            return;
        }
        long percent = total == 0 ? 100 : 100 * done / total;
        String tail = detail.isEmpty() ? "" : ", " + detail;
        lines.accept(ResultText.format("%s: %d of %d (%d%%), %d s%s", task, done, total, percent, seconds(now), tail));
        nextLine = now + NANOS_BETWEEN_LINES;
        printed = true;
    }

    @Override
    public synchronized void close() {
        if (printed) {
            lines.accept(ResultText.format("%s: %d of %d in %d s", task, done, total, seconds(nanoTime.getAsLong())));
            printed = false;
        }
    }

    private long seconds(long now) {
        return Duration.ofNanos(now - start).toSeconds();
    }
}
