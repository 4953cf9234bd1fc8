package dev.graft.engine;

import dev.graft.feature.Rows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Examples ready for a {@link TrainableNetwork}: for each of its trunks activations where the trained part begins, features
 * cached from the frozen part, or both; and labels. Holds native memory until closed.
 */
public final class Examples implements AutoCloseable {
    private final List<Feeds> parts;
    private final int[] labels;
    private final int @Nullable [] lengths;

    /**
     * What one trunk gets.
     *
     * @param activations rows that enter the trained stages; null if there are none
     * @param features rows that the head receives besides, one for each frozen tap
     * @param lengths the tokens of each example's activation; null unless these are sequences
     * @param once whether the activations are used for one epoch only: they are read batch by batch, and not kept
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Part(
            @Nullable Rows activations, List<? extends Rows> features, int @Nullable [] lengths, boolean once) {}

    /** The feeds of one trunk. */
    record Feeds(@Nullable RowFeed activations, List<RowFeed> features) {}

    /**
     * Loads the examples of a network of one trunk.
     *
     * @param activations rows that enter the trained stages; null if there are none
     * @param features rows that the head receives besides, one feed for each frozen tap
     * @param labels the label of each row
     */
    public Examples(@Nullable Rows activations, List<? extends Rows> features, int[] labels) {
        this(activations, features, labels, null);
    }

    /**
     * Loads the examples of a network of one trunk.
     *
     * @param lengths the tokens of each example's activation; null unless these are sequences
     */
    public Examples(@Nullable Rows activations, List<? extends Rows> features, int[] labels, int @Nullable [] lengths) {
        this(List.of(new Part(activations, features, lengths, false)), labels);
    }

    /**
     * Loads the examples.
     *
     * @param trunks what each trunk gets, in order
     * @param labels the label of each row
     */
    public Examples(List<Part> trunks, int[] labels) {
        this.labels = labels.clone();
        this.lengths = lengths(trunks, labels.length);
        this.parts = new ArrayList<>();
        for (Part trunk : trunks) {
            parts.add(new Feeds(activations(trunk), feeds(trunk.features())));
        }
    }

    private static @Nullable RowFeed activations(Part trunk) {
        Rows rows = trunk.activations();
        if (rows == null) {
            return null;
        }
        return trunk.once() ? RowFeed.once(rows) : RowFeed.repeated(rows);
    }

    private static List<RowFeed> feeds(List<? extends Rows> features) {
        List<RowFeed> feeds = new ArrayList<>();
        features.forEach(rows -> feeds.add(RowFeed.repeated(rows)));
        return feeds;
    }

    /** The tokens of all trunks together: what says how costly an example is. */
    private static int @Nullable [] lengths(List<Part> trunks, int count) {
        int[] sum = null;
        for (Part trunk : trunks) {
            int[] own = trunk.lengths();
            if (own == null) {
                continue;
            }
            sum = sum == null ? new int[count] : sum;
            for (int i = 0; i < count; i++) {
                sum[i] += own[i];
            }
        }
        return sum;
    }

    /** Says which examples the step after the next one takes, so that they can be prepared in the meantime. */
    public void announce(int[] indexes) {
        for (Feeds part : parts) {
            if (part.activations() != null) {
                part.activations().announce(indexes);
            }
            part.features().forEach(feed -> feed.announce(indexes));
        }
    }

    /** The number of examples. */
    public int count() {
        return labels.length;
    }

    /** The tokens of each example, of several texts together; null unless activations are sequences. */
    public int @Nullable [] lengths() {
        return lengths == null ? null : lengths.clone();
    }

    List<Feeds> parts() {
        return parts;
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
        for (Feeds part : parts) {
            if (part.activations() != null) {
                part.activations().close();
            }
            part.features().forEach(RowFeed::close);
        }
    }
}
