package dev.graft.update;

import dev.graft.model.HeldOut;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Features and labels of held-out examples: first those that a network kept, then those that are added. */
final class HeldRows {
    private float[] rows;
    private int[] labels;
    private final int old;

    private HeldRows(float[] rows, int[] labels) {
        this.rows = rows;
        this.labels = labels;
        this.old = labels.length;
    }

    /** Those that a network kept, by the labels of other classes. */
    static HeldRows of(@Nullable HeldOut heldOut, int width, List<String> from, List<String> to) {
        if (heldOut == null) {
            return new HeldRows(new float[0], new int[0]);
        }
        HeldOut.KeptFeatures kept = heldOut.kept();
        int[] labels = Arrays.stream(kept.places())
                .map(place -> to.indexOf(from.get(heldOut.labels()[place])))
                .toArray();
        int[] still =
                IntStream.range(0, labels.length).filter(i -> labels[i] >= 0).toArray();
        return new HeldRows(ClassRecords.some(kept.rows(), width, still), ClassRecords.some(labels, still));
    }

    void add(float[] moreRows, int[] moreLabels) {
        int before = rows.length;
        rows = Arrays.copyOf(rows, before + moreRows.length);
        System.arraycopy(moreRows, 0, rows, before, moreRows.length);
        int known = labels.length;
        labels = Arrays.copyOf(labels, known + moreLabels.length);
        System.arraycopy(moreLabels, 0, labels, known, moreLabels.length);
    }

    /** How many of them the network kept. */
    int old() {
        return old;
    }

    float[] rows() {
        return rows;
    }

    int[] labels() {
        return labels;
    }
}
