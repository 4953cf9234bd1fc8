package dev.graft.selection;

import dev.graft.evaluation.Outlook;
import dev.graft.feature.Pooling;
import dev.graft.head.Head;
import dev.graft.result.DataSizeTrend;
import dev.graft.result.StageNames;
import dev.graft.strategy.Strategy;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The reason for a choice, in words. */
final class Reasons {
    private Reasons() {}

    static String of(
            FeatureCandidate best,
            FeatureCandidate frozen,
            @Nullable OutOfFold winner,
            Strategy strategy,
            int[] judged,
            List<FeatureCandidate> features) {
        StringBuilder text = new StringBuilder();
        String where = StageNames.shown(frozen.cut().stageNames())
                + (frozen.cut().isPooledBy(Pooling.NONE) ? ", not pooled" : ", pooled");
        if (winner == null) {
            text.append(String.format(
                    Locale.ROOT,
                    "Frozen features of %s at %s tell held-out examples apart best: %.1f%% right.",
                    frozen.backbone().id(),
                    where,
                    100 * frozen.judged().accuracy(judged)));
        } else {
            text.append(String.format(
                    Locale.ROOT,
                    "%s gets %.1f%% of held-out examples right, the best frozen features (%s) get %.1f%%: of the same %,d"
                            + " examples it alone is right on %,d, they alone on %,d.",
                    strategy.name(),
                    100 * winner.accuracy(judged),
                    where,
                    100 * frozen.judged().accuracy(judged),
                    judged.length,
                    winner.rightAlone(frozen.judged(), judged),
                    frozen.judged().rightAlone(winner, judged)));
        }
        if (frozen.head() instanceof Head.Ensemble) {
            text.append(String.format(
                    Locale.ROOT,
                    " Their head is an %s linear ones, folded into one layer; the best of them alone, %s at %s, gets %.1f%%.",
                    frozen.head().name(),
                    best.head().name(),
                    StageNames.shown(best.cut().stageNames()),
                    100 * best.judged().accuracy(judged)));
        }
        deepest(best, features).ifPresent(deepest -> {
            double lost = best.judged().accuracy(judged) - deepest.judged().accuracy(judged);
            if (lost > 0.005) {
                text.append(String.format(
                        Locale.ROOT,
                        " The usual cut, '%s', would lose %.1f points: by there the source network has dropped what its own"
                                + " task does not need.",
                        deepest.cut().stageNames(),
                        100 * lost));
            }
        });
        otherBackbone(best, features, judged)
                .ifPresent(other -> text.append(String.format(
                        Locale.ROOT,
                        " The best cut of %s gets %.1f%%.",
                        other.backbone().id(),
                        100 * other.judged().accuracy(judged))));
        return text.toString();
    }

    /** What the learning curve of the best frozen features says, and for whom it speaks. */
    static String outlook(DataSizeTrend trend, boolean trained) {
        return (trained ? "For frozen features: " : "") + Outlook.of(trend);
    }

    /** The last stage before the classifier by itself, with its best penalty. */
    private static Optional<FeatureCandidate> deepest(FeatureCandidate best, List<FeatureCandidate> features) {
        List<String> stages = FeatureCuts.stages(best.backbone().architecture());
        List<String> last = List.of(stages.get(stages.size() - 1));
        return features.stream()
                .filter(one -> one.backbone().equals(best.backbone())
                        && one.cut().stages().equals(last)
                        && one.cut().isPooledBy(FeatureCuts.POOLING))
                .min(Comparator.comparingDouble(
                        one -> Objects.requireNonNull(one).judged().meanLoss(allOf(one))));
    }

    private static int[] allOf(FeatureCandidate candidate) {
        return IntStream.range(0, candidate.judged().loss().length).toArray();
    }

    private static Optional<FeatureCandidate> otherBackbone(
            FeatureCandidate best, List<FeatureCandidate> features, int[] judged) {
        return features.stream()
                .filter(one -> !one.backbone().equals(best.backbone()))
                .min(Comparator.comparingDouble(one -> one.judged().meanLoss(judged)));
    }
}
