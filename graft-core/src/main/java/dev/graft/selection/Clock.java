package dev.graft.selection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How much of a budget is left. */
final class Clock {
    private final long start = System.nanoTime();
    private final @Nullable Duration budget;

    Clock(@Nullable Duration budget) {
        this.budget = budget;
    }

    double elapsed() {
        return (System.nanoTime() - start) / 1e9;
    }

    /** What may still be used, in seconds; infinite without a budget. */
    double left() {
        return budget == null ? Double.POSITIVE_INFINITY : budget.toMillis() / 1e3 - elapsed();
    }

    @Nullable
    Double budgetSeconds() {
        return budget == null ? null : budget.toMillis() / 1e3;
    }
}
