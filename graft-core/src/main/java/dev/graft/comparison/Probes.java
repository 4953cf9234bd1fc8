package dev.graft.comparison;

import dev.graft.backbone.ActivationShape;
import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.Layer;
import dev.graft.backbone.Stage;
import dev.graft.data.Folds;
import dev.graft.data.LabeledImages;
import dev.graft.evaluation.Intervals;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Pooling;
import dev.graft.feature.Rows;
import dev.graft.optimization.CrossEntropy;
import dev.graft.optimization.LogisticSolver;
import dev.graft.result.ProbeResult;
import dev.graft.training.FeatureExtractor;
import dev.graft.transferability.HScore;
import dev.graft.transferability.LogMe;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures what a frozen backbone's features still tell apart at each cut: cross-validated logistic regression on the
 * training data (linear probes, Alain and Bengio 2017, arXiv 1610.01644), and beside it two scores that train nothing.
 * Test data is not touched.
 */
final class Probes {
    private static final int FOLDS = 5;
    private static final Pooling POOLING = Pooling.MEAN_MAX_STD;

    private Probes() {}

    static List<ProbeResult> measure(Backbone backbone, LabeledImages train, FeatureCache cache, long seed) {
        Architecture architecture = backbone.architecture();
        List<String> stages = architecture.featureStages().stream()
                .filter(stage -> !onlyReshapes(stage))
                .map(Stage::name)
                .toList();
        int[] labels = IntStream.range(0, train.size()).map(train::label).toArray();
        int classes = train.classNames().size();
        int smallestClass = IntStream.range(0, classes)
                .map(c ->
                        (int) Arrays.stream(labels).filter(label -> label == c).count())
                .min()
                .orElse(0);
        int folds = Math.min(FOLDS, smallestClass);
        if (folds < 2) {
            return List.of();
        }
        List<int[]> tests = Folds.stratified(labels, classes, folds, seed);
        List<Rows> rows = FeatureExtractor.extract(backbone, new Cut(stages, POOLING), train, cache);
        return IntStream.range(0, stages.size())
                .parallel()
                .mapToObj(i -> probe(architecture, stages.get(i), rows.get(i), labels, classes, tests))
                .toList();
    }

    private static ProbeResult probe(
            Architecture architecture, String stage, Rows rows, int[] labels, int classes, List<int[]> tests) {
        int width = rows.width();
        float[] features = new float[Math.multiplyExact(rows.count(), width)];
        for (int row = 0; row < rows.count(); row++) {
            rows.read(row, features, row * width);
        }
        int correct = 0;
        for (int[] test : tests) {
            correct += correct(features, width, labels, classes, test);
        }
        ActivationShape shape = architecture.outputShape(stage);
        return new ProbeResult(
                stage,
                (shape.isMap() ? POOLING : Pooling.NONE).label(),
                width,
                (double) correct / labels.length,
                Intervals.wilson(correct, labels.length),
                LogMe.score(features, width, labels, classes),
                HScore.score(features, width, labels, classes));
    }

    /** Trains without the test rows, and counts how many of those come out right. */
    private static int correct(float[] features, int width, int[] labels, int classes, int[] test) {
        boolean[] held = new boolean[labels.length];
        for (int row : test) {
            held[row] = true;
        }
        int[] train =
                IntStream.range(0, labels.length).filter(row -> !held[row]).toArray();
        float[] trainFeatures = new float[train.length * width];
        int[] trainLabels = new int[train.length];
        for (int i = 0; i < train.length; i++) {
            System.arraycopy(features, train[i] * width, trainFeatures, i * width, width);
            trainLabels[i] = labels[train[i]];
        }
        LogisticSolver.Solution solution = LogisticSolver.solve(trainFeatures, width, trainLabels, classes, 1.0);
        int correct = 0;
        for (int row : test) {
            float[] logits = solution.logits(features, row * width);
            correct += CrossEntropy.measure(logits, logits.length, labels, row, new float[0])
                    .correct();
        }
        return correct;
    }

    private static boolean onlyReshapes(Stage stage) {
        return stage.layers().stream().allMatch(Layer.Flatten.class::isInstance);
    }
}
