package dev.graft.training;

import dev.graft.head.Head;
import java.util.function.BooleanSupplier;

/** Says when a part of the time that is left has passed, and remembers that it did. */
final class Deadline implements BooleanSupplier {
    /**
     * So many seconds there always are, for all shares together: a head that is solved in a step or two is worth less than all that was
     * done before it, and few examples need no longer.
     */
    private static final double FEWEST = 2;

    private final TimeLimit limit;
    private final double end;
    private boolean passed;

    /**
     * From now on.
     *
     * @param share of the time that is left, 0 to 1
     */
    Deadline(TimeLimit limit, double share) {
        this.limit = limit;
        double left = limit.left();
        end = Double.isInfinite(left) ? Double.NEGATIVE_INFINITY : left - share * Math.max(FEWEST, left);
    }

    @Override
    public boolean getAsBoolean() {
        passed = passed || limit.left() <= end;
        return passed;
    }

    /** Notes what was cut short by it, if it was. */
    void say(Head head) {
        if (passed) {
            limit.leaveOut("the last steps of solving a head by " + head.name());
        }
    }
}
