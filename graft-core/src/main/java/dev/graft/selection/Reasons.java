package dev.graft.selection;

import dev.graft.evaluation.Outlook;
import dev.graft.feature.Pooling;
import dev.graft.head.Head;
import dev.graft.result.DataSizeTrend;
import dev.graft.result.StageNames;
import dev.graft.strategy.Strategy;
import dev.graft.targets.OneClass;
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
                    "Frozen features of %s at %s tell held-out examples apart best: %s.",
                    frozen.backbone().id(),
                    where,
                    frozen.judged().said(judged)));
        } else {
            text.append(String.format(
                    Locale.ROOT,
                    "%s gets %s of held-out examples, the best frozen features (%s) get %s%s.",
                    strategy.name(),
                    winner.said(judged),
                    where,
                    frozen.judged().said(judged),
                    alone(winner, frozen.judged(), judged, "they")));
        }
        if (frozen.head() instanceof Head.Ensemble) {
            text.append(String.format(
                    Locale.ROOT,
                    " Their head is an %s linear ones, folded into one layer; the best of them alone, %s at %s, gets %s.",
                    frozen.head().name(),
                    best.head().name(),
                    StageNames.shown(best.cut().stageNames()),
                    best.judged().said(judged)));
        }
        deepest(best, features).ifPresent(deepest -> {
            double lost = best.judged().score(judged) - deepest.judged().score(judged);
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
                        " The best cut of %s gets %s.",
                        other.backbone().id(),
                        other.judged().said(judged))));
        return text.toString();
    }

    /** How often each of two is right where the other is not; of targets that are not right or wrong, nothing. */
    static String alone(OutOfFold first, OutOfFold second, int[] judged, String others) {
        return first.targets().kind() instanceof OneClass
                ? String.format(
                        Locale.ROOT,
                        ": of the same %,d examples it alone is right on %,d, %s alone on %,d",
                        judged.length,
                        first.rightAlone(second, judged),
                        others,
                        second.rightAlone(first, judged))
                : "";
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
