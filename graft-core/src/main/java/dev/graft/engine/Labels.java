package dev.graft.engine;

import org.jspecify.annotations.Nullable;

/**
 * The labels of a batch.
 *
 * @param own each example's own
 * @param partners those of the examples that it is blended with; null if it is not
 * @param ownShare how much its own counts
 */
@SuppressWarnings("ArrayRecordComponent")
record Labels(int[] own, int @Nullable [] partners, double ownShare) {
    static Labels of(int[] own, @Nullable Blend blend) {
        return blend == null ? new Labels(own, null, 1) : new Labels(own, blend.labels(own), blend.share());
    }
}
