package dev.graft.engine;

import dev.graft.feature.Rows;
import dev.graft.targets.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Examples ready for a {@link TrainableNetwork}: for each of its trunks activations where the trained part begins, features
 * cached from the frozen part, or both; and labels. Holds native memory until whoever made it closes it. For one thread; another
 * may close it meanwhile, which ends its use with a {@link dev.graft.error.ClosedException}.
 */
public final class Examples implements AutoCloseable {
    private final List<Feeds> parts;
    private final Targets targets;
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
     * Loads examples of classes.
     *
     * @param trunks what each trunk gets, in order
     * @param labels the label of each row
     */
    public Examples(List<Part> trunks, int[] labels) {
        this(trunks, Targets.ofClasses(numbered(labels), labels));
    }

    private static List<String> numbered(int[] labels) {
        int classes = Math.max(2, Arrays.stream(labels).max().orElse(0) + 1);
        return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }

    /**
     * Loads the examples.
     *
     * @param trunks what each trunk gets, in order
     * @param targets the target of each row, numbers standardised
     */
    public Examples(List<Part> trunks, Targets targets) {
        this.targets = targets;
        this.lengths = lengths(trunks, targets.size());
        this.parts = new ArrayList<>();
        try {
            for (Part trunk : trunks) {
                List<RowFeed> features = new ArrayList<>();
                RowFeed activations = activations(trunk);
                parts.add(new Feeds(activations, features));
                trunk.features().forEach(rows -> features.add(RowFeed.repeated(rows)));
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static @Nullable RowFeed activations(Part trunk) {
        Rows rows = trunk.activations();
        if (rows == null) {
            return null;
        }
        return trunk.once() ? RowFeed.once(rows) : RowFeed.repeated(rows);
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
        return targets.size();
    }

    /** The tokens of each example, of several texts together; null unless activations are sequences. */
    public int @Nullable [] lengths() {
        return lengths == null ? null : lengths.clone();
    }

    /** The most tokens that one of some examples has; 1 where there are none. */
    int longest(int[] indexes) {
        int longest = 1;
        for (int i = 0; lengths != null && i < indexes.length; i++) {
            longest = Math.max(longest, lengths[indexes[i]]);
        }
        return longest;
    }

    List<Feeds> parts() {
        return parts;
    }

    /** The targets of some examples. */
    Targets targets(int[] indexes) {
        return targets.subset(indexes);
    }

    /** To close it twice does nothing. */
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
