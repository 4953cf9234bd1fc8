package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.engine.EngineMatrix;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Rows;
import dev.graft.optimization.CrossEntropy;
import dev.graft.optimization.DesignMatrix;
import dev.graft.optimization.FeatureScaling;
import dev.graft.optimization.LogisticSolver;
import dev.graft.training.Cores;
import dev.graft.training.FeatureExtractor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Cross-validates logistic regression on the frozen features of every cut, with every penalty: one pass over the examples,
 * then arithmetic on what it left in the cache.
 */
final class FeatureSearch {
    /** Strong first: each solution is where the next penalty's begins. Behind equal stages a row's length is about 1. */
    static final double[] PENALTIES = {0.5, 0.1, 0.02, 0.004, 0.0008};

    private final LabeledExamples data;
    private final int[] labels;
    private final List<int[]> folds;
    private final FeatureCache cache;
    private final Cores cores;
    private double passSeconds;

    FeatureSearch(LabeledExamples data, List<int[]> folds, FeatureCache cache, Cores cores) {
        this.data = data;
        this.labels = IntStream.range(0, data.size()).map(data::label).toArray();
        this.folds = folds;
        this.cache = cache;
        this.cores = cores;
    }

    /** What one pass over the data took, in seconds, with the slowest backbone; what was cached took next to nothing. */
    double passSeconds() {
        return passSeconds;
    }

    /** The candidates of one backbone, in the order of {@link FeatureCuts}, each cut's penalties from strong to weak. */
    List<FeatureCandidate> candidates(Backbone backbone) {
        return candidates(backbone, FeatureCuts.of(backbone.architecture()));
    }

    /** The same for some cuts. */
    List<FeatureCandidate> candidates(Backbone backbone, List<Cut> cuts) {
        long start = System.nanoTime();
        List<List<Rows>> rows = FeatureExtractor.extract(backbone, cuts, data, cache);
        passSeconds = Math.max(passSeconds, (System.nanoTime() - start) / 1e9);
        List<Callable<List<FeatureCandidate>>> tasks = new ArrayList<>();
        for (int i = 0; i < cuts.size(); i++) {
            Cut cut = cuts.get(i);
            List<Rows> parts = rows.get(i);
            tasks.add(() -> judge(backbone, cut, parts));
        }
        return cores.all(tasks, done -> {}).stream().flatMap(List::stream).toList();
    }

    private List<FeatureCandidate> judge(Backbone backbone, Cut cut, List<Rows> parts) {
        int width = parts.stream().mapToInt(Rows::width).sum();
        float[] features = joined(parts, labels.length);
        // The scale comes from all rows, without their labels: a fold's own would differ by next to nothing.
        float[] scaled = FeatureScaling.of(
                        features, width, parts.stream().map(Rows::width).toList())
                .apply(features);
        List<OutOfFold> judged = Arrays.stream(PENALTIES)
                .mapToObj(penalty -> OutOfFold.unjudged(labels.length))
                .toList();
        boolean wide = width > labels.length;
        float[] rows = wide ? Coordinates.of(EngineMatrix.innerProducts(scaled, width), labels.length) : scaled;
        for (int[] fold : folds) {
            judge(fold, rows, wide ? labels.length : width, judged);
        }
        return IntStream.range(0, PENALTIES.length)
                .mapToObj(i -> new FeatureCandidate(backbone, cut, width, PENALTIES[i], judged.get(i)))
                .toList();
    }

    /** The features of several places, joined row by row. */
    static float[] joined(List<Rows> parts, int count) {
        int width = parts.stream().mapToInt(Rows::width).sum();
        float[] features = new float[Math.multiplyExact(count, width)];
        int start = 0;
        for (Rows part : parts) {
            for (int row = 0; row < count; row++) {
                part.read(row, features, row * width + start);
            }
            start += part.width();
        }
        return features;
    }

    private void judge(int[] fold, float[] scaled, int width, List<OutOfFold> judged) {
        int classes = data.classNames().size();
        int logits = LogisticSolver.logits(classes);
        int[] train = Partition.others(labels.length, fold);
        int[] trainLabels = Arrays.stream(train).map(row -> labels[row]).toArray();
        float[] held = rows(fold, scaled, width);
        double[] x = new double[logits * (width + 1)];
        double[] found = new double[fold.length * logits];
        try (DesignMatrix rows = EngineMatrix.single(rows(train, scaled, width), width);
                DesignMatrix test = EngineMatrix.single(held, width)) {
            for (int i = 0; i < PENALTIES.length; i++) {
                LogisticSolver.approximate(rows, trainLabels, classes, PENALTIES[i], x);
                test.multiply(x, logits, found);
                note(fold, found, x, logits, judged.get(i));
            }
        }
    }

    private void note(int[] fold, double[] found, double[] x, int logits, OutOfFold judged) {
        float[] values = new float[found.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (found[i] + x[x.length - logits + i % logits]);
        }
        float[][] probabilities = CrossEntropy.probabilities(values, logits);
        for (int i = 0; i < fold.length; i++) {
            judged.judge(fold[i], probabilities[i], labels[fold[i]]);
        }
    }

    private static float[] rows(int[] chosen, float[] values, int width) {
        float[] rows = new float[chosen.length * width];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(values, chosen[i] * width, rows, i * width, width);
        }
        return rows;
    }
}
