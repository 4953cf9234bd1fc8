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
 * Collects the gradients of one share of a training step. A learned tensor takes part through a stand-in that shares its
 * memory, so that its gradient goes with the step and need not be zeroed. Of a table only the rows that are looked up take
 * part: the gradient of a whole vocabulary is nearly all zeros.
 */
final class Gradients {
    private final NDManager share;
    private final Set<String> learned;
    private final Set<String> whole;
    private final Map<String, NDArray> leaves = new HashMap<>();
    private final Map<String, List<Lookup>> lookups = new HashMap<>();
    private final Map<String, NDArray> computed = new HashMap<>();
    private final Map<String, List<ComputedRows>> computedRows = new HashMap<>();

    /**
     * Of one share.
     *
     * @param share the share's scope
     * @param learned the names of the tensors that are trained
     * @param whole those of them that need a gradient of their full size even if they are tables
     */
    Gradients(NDManager share, Set<String> learned, Set<String> whole) {
        this.share = share;
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

    /** The gradient of rows that were looked up, (places, width). */
    @SuppressWarnings("ArrayRecordComponent")
    private record ComputedRows(long[] places, float[] gradient) {}

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
        array.attach(share);
        array.setRequiresGradient(true);
        return array;
    }

    /** Takes out what the backward pass computed, into a scope that outlives the share's. */
    void moveTo(NDManager step) {
        leaves.forEach((name, leaf) -> {
            NDArray gradient = leaf.getGradient();
            gradient.attach(step);
            computed.put(name, gradient);
        });
        lookups.forEach((table, all) -> computedRows.put(
                table,
                all.stream()
                        .map(one -> new ComputedRows(
                                one.places(), one.rows().getGradient().toFloatArray()))
                        .toList()));
    }

    /** The gradients of a whole tensor, one of each share of a batch; none if it took no part, or by its rows. */
    static List<NDArray> of(List<Gradients> shares, String name) {
        List<NDArray> parts = new ArrayList<>();
        for (Gradients share : shares) {
            NDArray gradient = share.computed.get(name);
            if (gradient != null) {
                parts.add(gradient);
            }
        }
        return parts;
    }

    /** The gradient of a table's rows, summed for each row; null if it took no part, or as a whole. */
    static @Nullable RowGradient sumOfRows(List<Gradients> shares, String table, int width) {
        RowGradient sum = null;
        for (Gradients share : shares) {
            for (ComputedRows one : share.computedRows.getOrDefault(table, List.of())) {
                sum = sum == null ? new RowGradient(width) : sum;
                sum.add(one.places(), one.gradient());
            }
        }
        return sum;
    }
}
