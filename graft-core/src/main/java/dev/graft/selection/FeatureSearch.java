package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Rows;
import dev.graft.head.Head;
import dev.graft.optimization.CrossValidatedHeads;
import dev.graft.optimization.CrossValidatedHeads.Fold;
import dev.graft.optimization.CrossValidatedHeads.Judged;
import dev.graft.optimization.RowLosses;
import dev.graft.targets.TargetScale;
import dev.graft.targets.Targets;
import dev.graft.training.Cores;
import dev.graft.training.FeatureExtractor;
import dev.graft.training.HeadRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Cross-validates linear heads on the frozen features of every cut: one pass over the examples, then arithmetic on what it left in
 * the cache.
 */
final class FeatureSearch {
    /** With more the products of all of them would take longer than they tell. */
    private static final int MOST_CLASSES_OF_DISCRIMINANT = 100;

    private final LabeledExamples data;
    private final Targets targets;
    private final List<int[]> folds;
    private final FeatureCache cache;
    private final Cores cores;
    private double passSeconds;

    FeatureSearch(LabeledExamples data, List<int[]> folds, FeatureCache cache, Cores cores) {
        this(data, TargetScale.of(data.targets()), folds, cache, cores);
    }

    /**
     * Prepares a search.
     *
     * @param scale how numbers are standardised, so that losses on some of the examples compare with those on all
     */
    FeatureSearch(LabeledExamples data, TargetScale scale, List<int[]> folds, FeatureCache cache, Cores cores) {
        this(data, scale.standardised(data.targets()), folds, cache, cores);
    }

    /**
     * Prepares a search whose heads learn something else of the examples than these say.
     *
     * @param learned numbers standardised
     */
    FeatureSearch(LabeledExamples data, Targets learned, List<int[]> folds, FeatureCache cache, Cores cores) {
        this.data = data;
        this.targets = learned;
        this.folds = folds;
        this.cache = cache;
        this.cores = cores;
    }

    /** What one pass over the data took, in seconds, with the slowest backbone; what was cached took next to nothing. */
    double passSeconds() {
        return passSeconds;
    }

    /** The candidates of one backbone, in the order of {@link FeatureCuts}. */
    List<FeatureCandidate> candidates(Backbone backbone) {
        return candidates(backbone, FeatureCuts.of(backbone.architecture()));
    }

    /** The candidates of some of its cuts. */
    List<FeatureCandidate> candidates(Backbone backbone, List<Cut> cuts) {
        return candidates(backbone, cuts, IntStream.range(0, targets.size()).toArray());
    }

    /**
     * The candidates of some of its cuts, learned from some of the examples and judged on them alone.
     *
     * @param examples which, in rising order; of each fold all, some or none
     */
    List<FeatureCandidate> candidates(Backbone backbone, List<Cut> cuts, int[] examples) {
        long start = System.nanoTime();
        List<List<Rows>> rows = FeatureExtractor.extract(backbone, cuts, data, cache);
        passSeconds = Math.max(passSeconds, (System.nanoTime() - start) / 1e9);
        List<Callable<List<FeatureCandidate>>> tasks = new ArrayList<>();
        for (int i = 0; i < cuts.size(); i++) {
            Cut cut = cuts.get(i);
            List<Rows> parts = rows.get(i);
            tasks.add(() -> judge(backbone, cut, parts, examples));
        }
        return cores.all(tasks, done -> {}).stream().flatMap(List::stream).toList();
    }

    private List<FeatureCandidate> judge(Backbone backbone, Cut cut, List<Rows> parts, int[] examples) {
        HeadRows rows = prepared(parts, examples);
        RowLosses own = RowLosses.of(targets.subset(examples), new float[0]);
        List<int[]> held = folds.stream()
                .map(fold -> places(fold, examples))
                .filter(fold -> fold.length > 0)
                .toList();
        try (CrossValidatedHeads heads = rows.heads(own, Fold.of(held, examples.length))) {
            List<FeatureCandidate> candidates = new ArrayList<>();
            Judged regression = heads.bestRegression();
            Head.Solved linear = new Head.LogisticRegression(regression.strength(), true).forTargets(targets.kind());
            candidates.add(new FeatureCandidate(backbone, cut, rows.features(), linear, judged(regression, examples)));
            if (targets.kind().isOneOfNames() && targets.kind().names().size() <= MOST_CLASSES_OF_DISCRIMINANT) {
                Judged discriminant = heads.bestDiscriminant();
                candidates.add(new FeatureCandidate(
                        backbone,
                        cut,
                        rows.features(),
                        new Head.Discriminant(
                                new Head.Discriminant.Strength(discriminant.strength(), discriminant.temperature())),
                        judged(discriminant, examples)));
            }
            return candidates;
        }
    }

    /** Which of some examples, in rising order, are among others. */
    private static int[] places(int[] wanted, int[] examples) {
        return Arrays.stream(wanted)
                .map(example -> Arrays.binarySearch(examples, example))
                .filter(place -> place >= 0)
                .toArray();
    }

    private OutOfFold judged(Judged head, int[] examples) {
        int made = targets.kind().outputs();
        float[] logits = new float[targets.size() * made];
        for (int i = 0; i < examples.length; i++) {
            System.arraycopy(head.logits(), i * made, logits, examples[i] * made, made);
        }
        return OutOfFold.ofLogits(logits, examples, targets);
    }

    /**
     * What a kind of head predicts of each fold's examples when it learns from some of the others.
     *
     * @param like a candidate with a head of that kind
     * @param rows the features of all examples at its cut
     * @param parts what is learned from for each fold
     */
    OutOfFold judge(FeatureCandidate like, HeadRows rows, List<Fold> parts) {
        try (CrossValidatedHeads heads = rows.heads(RowLosses.of(targets, new float[0]), parts)) {
            Judged best = like.head() instanceof Head.Discriminant ? heads.bestDiscriminant() : heads.bestRegression();
            return judged(best, IntStream.range(0, targets.size()).toArray());
        }
    }

    /** Scaled features of all examples. */
    HeadRows prepared(List<Rows> parts) {
        return prepared(parts, IntStream.range(0, targets.size()).toArray());
    }

    private static HeadRows prepared(List<Rows> parts, int[] examples) {
        int width = parts.stream().mapToInt(Rows::width).sum();
        return HeadRows.of(
                joined(parts, examples), width, parts.stream().map(Rows::width).toList());
    }

    /** The features of several places, joined row by row. */
    static float[] joined(List<Rows> parts, int count) {
        return joined(parts, IntStream.range(0, count).toArray());
    }

    private static float[] joined(List<Rows> parts, int[] examples) {
        int width = parts.stream().mapToInt(Rows::width).sum();
        float[] features = new float[Math.multiplyExact(examples.length, width)];
        int start = 0;
        for (Rows part : parts) {
            for (int row = 0; row < examples.length; row++) {
                part.read(examples[row], features, row * width + start);
            }
            start += part.width();
        }
        return features;
    }
}
