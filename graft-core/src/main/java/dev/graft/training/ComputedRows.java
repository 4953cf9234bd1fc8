package dev.graft.training;

import dev.graft.feature.FeatureCache;
import dev.graft.feature.TokenStates;

/** The rows of one feature from one example to another, which batches of them fill in any order. Threads write different rows. */
final class ComputedRows {
    private final int from;
    private final int[] starts;
    private final float[] values;

    /** Rows {@code from} (inclusive) to {@code to} (exclusive), all zeros. */
    ComputedRows(FeatureCache.Wanted wanted, int from, int to) {
        this.from = from;
        this.starts = new int[to - from + 1];
        TokenStates states = wanted.states();
        for (int i = 0; i < to - from; i++) {
            int length = states == null ? wanted.width() : states.rowLength(from + i);
            starts[i + 1] = Math.addExact(starts[i], length);
        }
        this.values = new float[starts[to - from]];
    }

    /**
     * Puts rows where their examples stand.
     *
     * @param rows one after the other, in the batch's order
     */
    void place(float[] rows, int[] batch) {
        int read = 0;
        for (int example : batch) {
            int start = starts[example - from];
            int length = starts[example - from + 1] - start;
            System.arraycopy(rows, read, values, start, length);
            read += length;
        }
    }

    /** All rows, one after the other. */
    float[] values() {
        return values;
    }
}
