package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the gradients of one training step. A learned tensor takes part through a stand-in that shares its memory, so
 * that its gradient goes with the step and need not be zeroed. Of a table only the rows that are looked up take part: the
 * gradient of a whole vocabulary is nearly all zeros.
 */
final class Gradients {
    private final NDManager step;
    private final Set<String> learned;
    private final Set<String> whole;
    private final Map<String, NDArray> leaves = new HashMap<>();
    private final Map<String, List<Lookup>> lookups = new HashMap<>();

    /**
     * Of one step.
     *
     * @param step the step's scope
     * @param learned the names of the tensors that are trained
     * @param whole those of them that need a gradient of their full size even if they are tables
     */
    Gradients(NDManager step, Set<String> learned, Set<String> whole) {
        this.step = step;
        this.learned = learned;
        this.whole = whole;
    }

    /**
     * Rows that were looked up.
     *
     * @param places the row of each
     * @param rows their values, (places, width), which collect the gradient
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Lookup(long[] places, NDArray rows) {}

    /** What takes part in a tensor's place: itself if it is not trained. */
    NDArray standIn(String name, NDArray tensor) {
        return learned.contains(name) ? leaves.computeIfAbsent(name, key -> leaf(tensor.stopGradient())) : tensor;
    }

    /** Whether a table takes part by its rows. */
    boolean byRows(String table) {
        return learned.contains(table) && !whole.contains(table) && !leaves.containsKey(table);
    }

    /** Lets rows of a table take part; they come as new values, which belong to no other computation. */
    NDArray lookedUp(String table, NDArray places, NDArray rows) {
        NDArray leaf = leaf(rows.stopGradient());
        lookups.computeIfAbsent(table, key -> new ArrayList<>())
                .add(new Lookup(places.reshape(-1).toLongArray(), leaf));
        return leaf;
    }

    private NDArray leaf(NDArray array) {
        array.attach(step);
        array.setRequiresGradient(true);
        return array;
    }

    /** The gradient of a whole tensor; null if it took no part, or by its rows. */
    @Nullable
    NDArray of(String name) {
        NDArray leaf = leaves.get(name);
        return leaf == null ? null : leaf.getGradient();
    }

    /** The gradient of a table's rows, summed for each row; null if it took no part, or as a whole. */
    @Nullable
    RowGradient ofRows(String table, int width) {
        List<Lookup> all = lookups.get(table);
        if (all == null) {
            return null;
        }
        RowGradient sum = new RowGradient(width);
        all.forEach(one -> sum.add(one.places(), one.rows().getGradient().toFloatArray()));
        return sum;
    }
}
