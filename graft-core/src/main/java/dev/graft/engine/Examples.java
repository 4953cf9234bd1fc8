package dev.graft.engine;

import dev.graft.feature.Rows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Examples ready for a {@link TrainableNetwork}: activations where the trained part begins, features cached from the
 * frozen part, or both, and labels. Holds native memory until closed.
 */
public final class Examples implements AutoCloseable {
    private final @Nullable RowFeed activations;
    private final List<RowFeed> features;
    private final int[] labels;

    /**
     * Loads the examples.
     *
     * @param activations rows that enter the trained stages; null if there are none
     * @param features rows that the head receives besides, one feed for each frozen tap
     * @param labels the label of each row
     */
    public Examples(@Nullable Rows activations, List<? extends Rows> features, int[] labels) {
        this.activations = activations == null ? null : new RowFeed(activations);
        this.features = new ArrayList<>();
        features.forEach(rows -> this.features.add(new RowFeed(rows)));
        this.labels = labels.clone();
    }

    /** The number of examples. */
    public int count() {
        return labels.length;
    }

    @Nullable
    RowFeed activations() {
        return activations;
    }

    List<RowFeed> features() {
        return features;
    }

    /** The labels of some examples. */
    int[] labels(int[] indexes) {
        int[] chosen = new int[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            chosen[i] = labels[indexes[i]];
        }
        return chosen;
    }

    @Override
    public void close() {
        if (activations != null) {
            activations.close();
        }
        features.forEach(RowFeed::close);
    }
}
