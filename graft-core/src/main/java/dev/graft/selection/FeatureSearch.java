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

    /** The candidates of some of its cuts. */
    List<FeatureCandidate> candidates(Backbone backbone, List<Cut> cuts) {
        return candidates(backbone, cuts, IntStream.range(0, labels.length).toArray());
    }

    /**
     * The candidates of some of its cuts, learned from some of the examples and judged on them alone.
     *
     * @param examples which, in rising order; of each fold at least one
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
        Prepared prepared = prepared(parts, examples);
        List<OutOfFold> judged = unjudged();
        for (int[] fold : folds) {
            int[] held = prepared.places(fold);
            judge(prepared, Partition.others(examples.length, held), held, judged);
        }
        return IntStream.range(0, PENALTIES.length)
                .mapToObj(i -> new FeatureCandidate(backbone, cut, prepared.features(), PENALTIES[i], judged.get(i)))
                .toList();
    }

    /**
     * Features of some examples, ready to be learned from.
     *
     * @param features how many there are
     * @param rows the scaled features, or, if there are more of them than examples, as many coordinates of them
     * @param width the values in a row
     * @param examples the example of each row, in rising order
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Prepared(int features, float[] rows, int width, int[] examples) {
        /** The rows of those of the given examples that there are. */
        int[] places(int[] wanted) {
            return Arrays.stream(wanted)
                    .map(example -> Arrays.binarySearch(examples, example))
                    .filter(place -> place >= 0)
                    .toArray();
        }
    }

    Prepared prepared(List<Rows> parts) {
        return prepared(parts, IntStream.range(0, labels.length).toArray());
    }

    private Prepared prepared(List<Rows> parts, int[] examples) {
        int width = parts.stream().mapToInt(Rows::width).sum();
        float[] features = joined(parts, examples);
        // The scale comes from all rows, without their labels: a fold's own would differ by next to nothing.
        float[] scaled = FeatureScaling.of(
                        features, width, parts.stream().map(Rows::width).toList())
                .apply(features);
        if (width <= examples.length) {
            return new Prepared(width, scaled, width, examples);
        }
        return new Prepared(
                width,
                Coordinates.of(EngineMatrix.innerProducts(scaled, width), examples.length),
                examples.length,
                examples);
    }

    /** A judgement for each penalty, still empty. */
    List<OutOfFold> unjudged() {
        return Arrays.stream(PENALTIES)
                .mapToObj(penalty -> OutOfFold.unjudged(labels.length))
                .toList();
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

    /** Learns from some rows with every penalty, and judges each on others. */
    void judge(Prepared prepared, int[] train, int[] fold, List<OutOfFold> judged) {
        float[] scaled = prepared.rows();
        int width = prepared.width();
        int classes = data.classNames().size();
        int logits = LogisticSolver.logits(classes);
        int[] examples = prepared.examples();
        int[] trainLabels =
                Arrays.stream(train).map(row -> labels[examples[row]]).toArray();
        int[] judgedExamples = Arrays.stream(fold).map(row -> examples[row]).toArray();
        float[] held = rows(fold, scaled, width);
        double[] x = new double[logits * (width + 1)];
        double[] found = new double[fold.length * logits];
        try (DesignMatrix rows = EngineMatrix.single(rows(train, scaled, width), width);
                DesignMatrix test = EngineMatrix.single(held, width)) {
            for (int i = 0; i < PENALTIES.length; i++) {
                LogisticSolver.approximate(rows, trainLabels, classes, PENALTIES[i], x);
                test.multiply(x, logits, found);
                note(judgedExamples, found, x, logits, judged.get(i));
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
