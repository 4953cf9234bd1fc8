package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.feature.Cut;
import dev.graft.head.Head;

/**
 * A linear head on frozen features, judged.
 *
 * @param backbone whose features
 * @param cut where they are taken
 * @param features how many they are
 * @param head the head, with the strength that does best at this cut
 * @param judged its predictions of held-out examples
 */
record FeatureCandidate(Backbone backbone, Cut cut, int features, Head.Solved head, OutOfFold judged) {
    /** Returns a copy that is judged by other predictions. */
    FeatureCandidate judgedAs(OutOfFold other) {
        return new FeatureCandidate(backbone, cut, features, head, other);
    }
}
