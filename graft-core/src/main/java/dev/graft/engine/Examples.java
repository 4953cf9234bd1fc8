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
    private final int @Nullable [] lengths;

    /**
     * Loads the examples.
     *
     * @param activations rows that enter the trained stages; null if there are none
     * @param features rows that the head receives besides, one feed for each frozen tap
     * @param labels the label of each row
     */
    public Examples(@Nullable Rows activations, List<? extends Rows> features, int[] labels) {
        this(activations, features, labels, null);
    }

    /**
     * Loads the examples.
     *
     * @param lengths the tokens of each example's activation; null unless these are sequences
     */
    public Examples(@Nullable Rows activations, List<? extends Rows> features, int[] labels, int @Nullable [] lengths) {
        this(activations == null ? null : RowFeed.repeated(activations), feeds(features), labels, lengths);
    }

    private Examples(@Nullable RowFeed activations, List<RowFeed> features, int[] labels, int @Nullable [] lengths) {
        this.activations = activations;
        this.features = features;
        this.labels = labels.clone();
        this.lengths = lengths == null ? null : lengths.clone();
    }

    /** Loads examples that are used for one epoch only: they are read batch by batch, and not kept. */
    public static Examples once(Rows activations, int[] labels) {
        return new Examples(RowFeed.once(activations), List.of(), labels, null);
    }

    private static List<RowFeed> feeds(List<? extends Rows> features) {
        List<RowFeed> feeds = new ArrayList<>();
        features.forEach(rows -> feeds.add(RowFeed.repeated(rows)));
        return feeds;
    }

    /** Says which examples the step after the next one takes, so that they can be prepared in the meantime. */
    public void announce(int[] indexes) {
        if (activations != null) {
            activations.announce(indexes);
        }
        features.forEach(feed -> feed.announce(indexes));
    }

    /** The number of examples. */
    public int count() {
        return labels.length;
    }

    /** The tokens of each example; null unless activations are sequences. */
    public int @Nullable [] lengths() {
        return lengths == null ? null : lengths.clone();
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
