package dev.graft.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which examples are computed together. Sequences are padded to the longest of their batch, so those of about the same
 * length go together; where lengths are null, examples go in their order.
 */
final class Batches {
    // Attention's memory grows with the square of the length: 8 sequences of 256 tokens, 4 of the longest.
    private static final int MOST_TOKENS = 2048;
    // Batches that are sorted together in training: enough to waste little, few enough to leave the order random.
    private static final int SORTED_TOGETHER = 50;

    private Batches() {}

    /** All examples from {@code from} to {@code to}, each once, in batches of at most so many. */
    static List<int[]> of(int @Nullable [] lengths, int from, int to, int size) {
        int[] order = lengths == null
                ? IntStream.range(from, to).toArray()
                : byLength(lengths, IntStream.range(from, to).toArray());
        List<int[]> batches = new ArrayList<>();
        for (int start = 0, end; start < order.length; start = end) {
            end = Math.min(order.length, start + size);
            if (lengths != null) {
                // Sorted from long to short: the first is the longest.
                end = Math.min(end, start + Math.max(1, MOST_TOKENS / lengths[order[start]]));
            }
            batches.add(Arrays.copyOfRange(order, start, end));
        }
        return batches;
    }

    /** An epoch's random order, changed so that sequences of about one length stand in one batch. */
    static int[] bucketed(int[] order, int[] lengths, int size, long seed) {
        int[] sorted = order.clone();
        for (int from = 0; from < sorted.length; from += size * SORTED_TOGETHER) {
            int to = Math.min(sorted.length, from + size * SORTED_TOGETHER);
            int[] window = byLength(lengths, Arrays.copyOfRange(sorted, from, to));
            System.arraycopy(window, 0, sorted, from, window.length);
        }
        // Whole batches change places; a smaller one at the end stays there.
        int whole = sorted.length / size;
        int[] mixed = sorted.clone();
        int[] places = Seeds.order(new SplittableRandom(seed).nextLong(), 0, 0, whole);
        for (int i = 0; i < whole; i++) {
            System.arraycopy(sorted, places[i] * size, mixed, i * size, size);
        }
        return mixed;
    }

    /**
     * An epoch's order, changed so that each example is followed by the next one of its class, as far as there is one: a batch
     * then has pairs of one class, however many classes there are.
     */
    static int[] inPairs(int[] order, int[] labels) {
        int[] paired = new int[order.length];
        boolean[] taken = new boolean[order.length];
        int count = 0;
        for (int i = 0; i < order.length; i++) {
            if (taken[i]) {
                continue;
            }
            paired[count++] = order[i];
            for (int j = i + 1; j < order.length; j++) {
                if (!taken[j] && labels[order[j]] == labels[order[i]]) {
                    taken[j] = true;
                    paired[count++] = order[j];
                    break;
                }
            }
        }
        return paired;
    }

    /**
     * The part of an order that a step takes, where all steps of an epoch take about as many: the last one would otherwise have no
     * pairs if a single example were left for it. From long to short, so that the core that gets the short ones pads little.
     *
     * @param step from 0
     * @param steps of the epoch
     */
    static int[] even(int[] order, int step, int steps, int @Nullable [] lengths) {
        int from = (int) ((long) order.length * step / steps);
        int[] batch = Arrays.copyOfRange(order, from, (int) ((long) order.length * (step + 1) / steps));
        return lengths == null ? batch : byLength(lengths, batch);
    }

    /** From long to short, so that what needs most memory comes first; equal lengths in the order given. */
    private static int[] byLength(int[] lengths, int[] indexes) {
        return Arrays.stream(indexes)
                .boxed()
                .sorted((a, b) -> Integer.compare(lengths[b], lengths[a]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
