package dev.graft.selection;

import dev.graft.training.TimeLimit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** How long a choice has taken, and what it and the training that follows may still take of a budget. */
final class Clock implements TimeLimit {
    private final Budget budget;
    private final double start;
    private final DoubleSupplier reserved;

    /** Nothing comes after the choice and the training. */
    Clock(Budget budget) {
        this(budget, () -> 0);
    }

    /**
     * A choice that begins now.
     *
     * @param reserved what must be left after the training, in seconds, as far as it is known yet
     */
    Clock(Budget budget, DoubleSupplier reserved) {
        this(budget, budget.elapsed(), reserved);
    }

    private Clock(Budget budget, double start, DoubleSupplier reserved) {
        this.budget = budget;
        this.start = start;
        this.reserved = reserved;
    }

    /** Since the choice began, in seconds. */
    double elapsed() {
        return budget.elapsed() - start;
    }

    /** What choice and training may still use, in seconds; infinite without a budget. */
    @Override
    public double left() {
        return budget.isLimited() ? budget.left() - reserved.getAsDouble() : Double.POSITIVE_INFINITY;
    }

    /** A clock that began when this one did and leaves less, by some seconds for what comes after. */
    Clock keeping(double seconds) {
        return new Clock(budget, start, () -> reserved.getAsDouble() + seconds);
    }

    @Override
    public void leaveOut(String what) {
        budget.leaveOut(what);
    }

    @Nullable
    Double budgetSeconds() {
        return budget.seconds();
    }
}
