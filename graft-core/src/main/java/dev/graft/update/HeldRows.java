package dev.graft.update;

import dev.graft.model.HeldOut;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Features and targets of held-out examples: first those that a network kept, then those that are added. */
final class HeldRows {
    private float[] rows;
    private Targets targets;
    private final int old;

    private HeldRows(float[] rows, Targets targets) {
        this.rows = rows;
        this.targets = targets;
        this.old = targets.size();
    }

    /** Those that a network kept, by the names of a kind that has all of the network's. */
    static HeldRows of(@Nullable HeldOut heldOut, TargetKind kind) {
        if (heldOut == null) {
            return new HeldRows(new float[0], Targets.of(kind));
        }
        HeldOut.KeptFeatures kept = heldOut.kept();
        return new HeldRows(kept.rows(), JoinedTargets.of(heldOut.targets().subset(kept.places()), kind));
    }

    void add(float[] moreRows, Targets moreTargets) {
        int before = rows.length;
        rows = Arrays.copyOf(rows, before + moreRows.length);
        System.arraycopy(moreRows, 0, rows, before, moreRows.length);
        targets = targets.plus(moreTargets);
    }

    /** How many of them the network kept. */
    int old() {
        return old;
    }

    float[] rows() {
        return rows;
    }

    Targets targets() {
        return targets;
    }

    /** The classes or grades of the examples. */
    int[] labels() {
        return targets.labels();
    }
}
