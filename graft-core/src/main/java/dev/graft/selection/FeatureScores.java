package dev.graft.selection;

import dev.graft.feature.Pooling;
import java.util.Comparator;
import java.util.List;

/** How heads on frozen features are compared. */
final class FeatureScores {
    // With few examples a whole map has many ways to be right by accident: so many nats over n to the power of 1.5.
    private static final double MAP_PENALTY = 30;

    private FeatureScores() {}

    /** The lowest loss on those examples; with few of them, whole maps only if they are much better. */
    static FeatureCandidate best(List<FeatureCandidate> candidates, int[] examples) {
        return candidates.stream()
                .min(Comparator.comparingDouble(candidate -> score(candidate, examples)))
                .orElseThrow();
    }

    static double score(FeatureCandidate candidate, int[] examples) {
        return candidate.judged().meanLoss(examples) + mapPenalty(candidate, examples.length);
    }

    static double mapPenalty(FeatureCandidate candidate, int examples) {
        return candidate.cut().isPooledBy(Pooling.NONE) ? MAP_PENALTY / Math.pow(examples, 1.5) : 0;
    }
}
