package dev.graft.engine;

import dev.graft.targets.Targets;
import org.jspecify.annotations.Nullable;

/**
 * The targets of a batch.
 *
 * @param own each example's own
 * @param partners those of the examples that it is blended with; null if it is not
 * @param ownShare how much its own counts
 */
record Labels(Targets own, @Nullable Targets partners, double ownShare) {
    static Labels of(Targets own, @Nullable Blend blend) {
        return blend == null ? new Labels(own, null, 1) : new Labels(own, own.subset(blend.partners()), blend.share());
    }

    int count() {
        return own.size();
    }
}
