package dev.graft.selection;

import dev.graft.data.LabeledExamples;
import dev.graft.feature.FeatureCache;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a source model made of the first few examples in some order: its features are in the cache, piece by piece.
 *
 * @param pieces the examples, each with its place in the order
 * @param size how many they are
 * @param rowSeconds what one of them took, in seconds
 */
record Glance(List<FeatureCache.Piece> pieces, int size, double rowSeconds) {
    /** Copies the list. */
    Glance {
        pieces = List.copyOf(pieces);
    }

    /** Some of the examples in an order. */
    static FeatureCache.Piece piece(LabeledExamples examples, int[] order, int from, int to) {
        return new FeatureCache.Piece(
                examples.subset(Arrays.copyOfRange(order, from, to)),
                IntStream.range(from, to).toArray());
    }
}
