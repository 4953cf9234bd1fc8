package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.feature.Cut;
import dev.graft.head.Head;

/**
 * Logistic regression on frozen features, judged.
 *
 * @param backbone whose features
 * @param cut where they are taken
 * @param features how many they are
 * @param penalty the regression's penalty, where each stage counts the same
 * @param judged its predictions of held-out examples
 */
record FeatureCandidate(Backbone backbone, Cut cut, int features, double penalty, OutOfFold judged) {
    Head.LogisticRegression head() {
        return new Head.LogisticRegression(penalty, true);
    }
}
