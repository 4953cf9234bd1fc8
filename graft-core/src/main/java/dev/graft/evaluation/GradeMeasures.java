package dev.graft.evaluation;

import dev.graft.result.Classification;
import dev.graft.result.MeasureResult;
import java.util.List;

/**
 * Grades: agreement with the truth beyond chance, mistakes weighed by the square of their distance (Cohen 1968, Weighted kappa), and the
 * mean distance. The grade that is said is the median of the probabilities, which makes that distance smallest.
 */
public final class GradeMeasures implements TargetMeasures.Measures {
    private static final double HALF = 0.5;

    private final Evaluation evaluation;
    private final int[] truth;
    private final int[] predicted;
    private final int grades;

    GradeMeasures(Evaluation evaluation) {
        this.evaluation = evaluation;
        this.truth = evaluation.truth();
        this.predicted = evaluation.predicted();
        this.grades = evaluation.classNames().size();
    }

    /** The first grade up to which the probabilities add up to a half. */
    public static int median(float[] probabilities) {
        double sum = 0;
        for (int grade = 0; grade < probabilities.length; grade++) {
            sum += probabilities[grade];
            if (sum >= HALF) {
                return grade;
            }
        }
        return probabilities.length - 1;
    }

    @Override
    public double score(int[] examples) {
        double[] ofTruth = new double[grades];
        double[] ofPredicted = new double[grades];
        double observed = 0;
        for (int example : examples) {
            ofTruth[truth[example]]++;
            ofPredicted[predicted[example]]++;
            double distance = truth[example] - predicted[example];
            observed += distance * distance;
        }
        double expected = 0;
        for (int i = 0; i < grades; i++) {
            for (int j = 0; j < grades; j++) {
                expected += ofTruth[i] * ofPredicted[j] / examples.length * (i - j) * (i - j);
            }
        }
        return expected == 0 ? (observed == 0 ? 1 : 0) : 1 - observed / expected;
    }

    @Override
    public double loss() {
        return TargetMeasures.meanLoss(evaluation);
    }

    @Override
    public List<MeasureResult> others() {
        double distance = 0;
        int near = 0;
        for (int i = 0; i < truth.length; i++) {
            int away = Math.abs(truth[i] - predicted[i]);
            distance += away;
            near += away <= 1 ? 1 : 0;
        }
        return List.of(
                MeasureResult.of("accuracy", Metrics.accuracy(truth, predicted)),
                MeasureResult.of("at most one grade off", (double) near / truth.length),
                new MeasureResult("mean absolute error", distance / truth.length, null, "grades"));
    }

    @Override
    public Classification classification() {
        return Metrics.classify(truth, predicted, evaluation.classNames());
    }
}
