package dev.graft.training;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Rows;
import dev.graft.strategy.Frozen;
import java.util.List;

/** Takes a frozen backbone's features out, through the cache. */
public final class FeatureExtractor {
    private FeatureExtractor() {}

    /**
     * The pooled features at each stage of the cut, in the network's order, in one pass over the images.
     *
     * @param cache keeps the rows, which are gone once it is closed
     */
    public static List<Rows> extract(Backbone backbone, Cut cut, LabeledExamples data, FeatureCache cache) {
        PhasePlan plan = PhasePlan.of(
                backbone.architecture(), cut, List.of(), data.classNames().size(), Frozen.everything());
        try (FrozenPart frozen = new FrozenPart(plan, backbone.weights(), cache)) {
            return List.copyOf(frozen.rows(View.plain(data)));
        }
    }
}
