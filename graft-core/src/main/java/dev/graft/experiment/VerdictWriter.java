package dev.graft.experiment;

import dev.graft.evaluation.DataSizeTrends;
import dev.graft.evaluation.NegativeTransfer;
import dev.graft.evaluation.Outlook;
import dev.graft.feature.Pooling;
import dev.graft.result.CurvePoint;
import dev.graft.result.Difference;
import dev.graft.result.ProbeResult;
import dev.graft.result.StrategyResult;
import dev.graft.result.TargetTask;
import dev.graft.result.Verdict;
import dev.graft.selection.BagOfWordsRegression;
import dev.graft.strategy.FromScratch;
import dev.graft.targets.TargetKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Draws the conclusion: what to use, what is negative transfer, and why, in words. */
final class VerdictWriter {
    /** Accuracies closer than this count as equal. */
    private static final double TIE = 0.005;

    private VerdictWriter() {}

    static Verdict write(
            List<StrategyResult> results, List<CurvePoint> curve, List<ProbeResult> probes, TargetTask target) {
        StrategyResult best = recommended(results, curve);
        List<StrategyResult> negative = results.stream()
                .filter(result -> !result.strategy().equals(BagOfWordsRegression.NAME)
                        && result.againstScratch() != null
                        && NegativeTransfer.isNegative(result.againstScratch()))
                .toList();
        List<String> sentences = new ArrayList<>();
        sentences.add(whyBest(best, curve, target, results.size() > 1));
        DataSizeTrends.of(best.strategy(), curve).map(Outlook::of).ifPresent(sentences::add);
        overCounting(best, results).ifPresent(sentences::add);
        negative.forEach(result -> sentences.add(whyNegative(result, probes, target)));
        bestProbe(probes).ifPresent(probe -> sentences.add(whatFeaturesTell(probe, probes, target)));
        return new Verdict(
                best.strategy(),
                negative.stream().map(StrategyResult::strategy).toList(),
                String.join(" ", sentences),
                probes);
    }

    /** The most accurate; among equals the one that is better with little data, then the faster one. */
    private static StrategyResult recommended(List<StrategyResult> results, List<CurvePoint> curve) {
        double top =
                results.stream().mapToDouble(StrategyResult::testAccuracy).max().orElseThrow();
        return results.stream()
                .filter(result -> result.testAccuracy() >= top - TIE)
                .max(Comparator.<StrategyResult>comparingDouble(result -> meanOverCurve(result.strategy(), curve))
                        .thenComparingDouble(result -> -result.trainSeconds() - result.featureSeconds()))
                .orElseThrow();
    }

    private static double meanOverCurve(String strategy, List<CurvePoint> curve) {
        return curve.stream()
                .filter(point -> point.strategy().equals(strategy))
                .mapToDouble(CurvePoint::meanAccuracy)
                .average()
                .orElse(0);
    }

    private static String whyBest(StrategyResult best, List<CurvePoint> curve, TargetTask target, boolean compared) {
        String sentence = String.format(
                Locale.ROOT,
                "%s reaches %s on the test data with %d training examples.",
                best.strategy(),
                reached(best.testAccuracy(), target),
                target.train());
        if (best.strategy().equals(FromScratch.NAME)) {
            return sentence + " The source model does not help here.";
        }
        if (best.strategy().equals(BagOfWordsRegression.NAME)) {
            return sentence
                    + (compared
                            ? " It counts words: no pretrained network is needed here, or none of these."
                            : " It counts words; a comparison tells whether a pretrained network does better.");
        }
        return sentence
                + widestGain(best.strategy(), curve).map(gain -> " " + gain).orElse("")
                + DataSavings.of(best.strategy(), curve)
                        .map(saved -> " " + saved)
                        .orElse("");
    }

    /** What the best owes to more than the words that a text has. */
    private static Optional<String> overCounting(StrategyResult best, List<StrategyResult> results) {
        return results.stream()
                .filter(result -> result.strategy().equals(BagOfWordsRegression.NAME)
                        && !result.strategy().equals(best.strategy()))
                .findFirst()
                .map(counting -> String.format(
                        Locale.ROOT,
                        "A regression on counted words, without any network, reaches %.3f.",
                        counting.testAccuracy()));
    }

    private static Optional<String> widestGain(String strategy, List<CurvePoint> curve) {
        return curve.stream()
                .filter(point -> point.strategy().equals(strategy))
                .flatMap(point -> curve.stream()
                        .filter(other -> other.strategy().equals(FromScratch.NAME)
                                && other.samples() == point.samples()
                                && point.meanAccuracy() - other.meanAccuracy() > TIE)
                        .map(scratch -> new CurvePoint[] {point, scratch}))
                .max(Comparator.comparingDouble(pair -> pair[0].meanAccuracy() - pair[1].meanAccuracy()))
                .map(pair -> String.format(
                        Locale.ROOT,
                        "Its lead is widest at %d examples: %.3f, where training from scratch reaches %.3f.",
                        pair[0].samples(),
                        pair[0].meanAccuracy(),
                        pair[1].meanAccuracy()));
    }

    private static String whyNegative(StrategyResult result, List<ProbeResult> probes, TargetTask target) {
        Difference difference = Objects.requireNonNull(result.againstScratch());
        StringBuilder sentence = new StringBuilder(String.format(
                Locale.ROOT,
                "%s is negative transfer: %.1f points below training from scratch (95%% interval %.1f to %.1f).",
                result.strategy(),
                -100 * difference.mean(),
                -100 * difference.interval().upper(),
                -100 * difference.interval().lower()));
        if (target.task() != null) {
            return sentence.toString();
        }
        probes.stream()
                .filter(probe -> probe.cut().equals(result.cut()))
                .findFirst()
                .ifPresent(probe -> sentence.append(String.format(
                        Locale.ROOT,
                        " Its head sees only what is left at '%s', where even a cross-validated linear probe tells %s"
                                + " apart with an accuracy of just %.3f (guessing gives %.3f).",
                        probe.cut(),
                        classes(target),
                        probe.accuracy(),
                        majority(result))));
        return sentence.toString();
    }

    static String whatFeaturesTell(ProbeResult best, List<ProbeResult> probes, TargetTask target) {
        ProbeResult deepest = probes.get(probes.size() - 1);
        String sentence = String.format(
                Locale.ROOT,
                "The frozen features tell %s best at '%s'%s: %s.",
                target.task() == null ? classes(target) + " apart" : classes(target),
                best.cut(),
                best.pooling().equals(Pooling.NONE.label()) ? "" : ", pooled by " + best.pooling(),
                reached(best.accuracy(), target));
        if (deepest.interval().upper() >= best.interval().lower()) {
            return sentence;
        }
        return sentence
                + String.format(
                        Locale.ROOT,
                        " From there to '%s' the source network discards what its own task does not need, and the"
                                + " probe falls to %.3f: cut before that, or train those stages.",
                        deepest.cut(),
                        deepest.accuracy());
    }

    private static Optional<ProbeResult> bestProbe(List<ProbeResult> probes) {
        return probes.stream().max(Comparator.comparingDouble(ProbeResult::accuracy));
    }

    private static double majority(StrategyResult result) {
        int[] support = result.classification().classes().stream()
                .mapToInt(one -> one.support())
                .toArray();
        return Arrays.stream(support).max().orElse(0)
                / (double) Math.max(1, Arrays.stream(support).sum());
    }

    /** A score, after the name of its measure where that is not the accuracy. */
    private static String reached(double score, TargetTask target) {
        String number = String.format(Locale.ROOT, "%.3f", score);
        return target.measure() == null ? number : target.measure() + " " + number;
    }

    private static String classes(TargetTask target) {
        String noun = target.task() == null
                ? "classes"
                : TargetKind.of(target.task(), target.classes()).noun() + "s";
        return target.classes().size() <= 4
                ? String.join(" and ", target.classes())
                : "the " + target.classes().size() + " " + noun;
    }
}
