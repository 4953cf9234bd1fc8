package dev.graft.selection;

import dev.graft.evaluation.Evaluation;
import java.util.Arrays;

/**
 * What one candidate predicted of examples that it had not been trained on.
 *
 * @param loss the cross-entropy of each example, in nats; NaN where it was not judged
 * @param correct whether it was classified right
 */
@SuppressWarnings("ArrayRecordComponent")
record OutOfFold(double[] loss, boolean[] correct) {
    // One sure mistake must not outweigh everything else: beyond this a loss says no more than "wrong".
    private static final double LARGEST_LOSS = 5;

    static OutOfFold unjudged(int examples) {
        double[] loss = new double[examples];
        Arrays.fill(loss, Double.NaN);
        return new OutOfFold(loss, new boolean[examples]);
    }

    /** Notes one example's probabilities. */
    void judge(int example, float[] probabilities, int label) {
        loss[example] = Math.min(LARGEST_LOSS, -Math.log(Math.max(1e-12, probabilities[label])));
        correct[example] = Evaluation.mostProbable(probabilities) == label;
    }

    double meanLoss(int[] examples) {
        double sum = 0;
        for (int example : examples) {
            sum += loss[example];
        }
        return sum / examples.length;
    }

    int correct(int[] examples) {
        int count = 0;
        for (int example : examples) {
            count += correct[example] ? 1 : 0;
        }
        return count;
    }

    double accuracy(int[] examples) {
        return (double) correct(examples) / examples.length;
    }

    /** How many it classified right and the other did not. */
    int rightAlone(OutOfFold other, int[] examples) {
        int count = 0;
        for (int example : examples) {
            count += correct[example] && !other.correct[example] ? 1 : 0;
        }
        return count;
    }
}
