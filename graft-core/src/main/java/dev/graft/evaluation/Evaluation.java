package dev.graft.evaluation;

import dev.graft.result.Classification;
import java.util.Arrays;
import java.util.List;

/**
 * A classifier's probabilities on labelled examples, and what follows from them.
 *
 * @param probabilities (examples, classes), each row sums to 1
 * @param truth the true label of each example
 * @param classNames the classes' names, by label
 */
@SuppressWarnings("ArrayRecordComponent")
public record Evaluation(float[][] probabilities, int[] truth, List<String> classNames) {
    /** Copies the names. */
    public Evaluation {
        classNames = List.copyOf(classNames);
    }

    /** The most probable label of each example. */
    public int[] predicted() {
        int[] predicted = new int[probabilities.length];
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = mostProbable(probabilities[i]);
        }
        return predicted;
    }

    /** The first of the largest probabilities. */
    public static int mostProbable(float[] row) {
        int best = 0;
        for (int c = 1; c < row.length; c++) {
            if (row[c] > row[best]) {
                best = c;
            }
        }
        return best;
    }

    /** The share of right predictions, 0 to 1. */
    public double accuracy() {
        return Metrics.accuracy(truth, predicted());
    }

    /** The mean cross-entropy, in nats. */
    public double loss() {
        return Metrics.crossEntropy(probabilities, truth);
    }

    /** Confusion matrix and per-class figures. */
    public Classification classification() {
        return Metrics.classify(truth, predicted(), classNames);
    }

    /** Which examples are classified right. */
    public boolean[] correct() {
        int[] predicted = predicted();
        boolean[] correct = new boolean[predicted.length];
        for (int i = 0; i < correct.length; i++) {
            correct[i] = predicted[i] == truth[i];
        }
        return correct;
    }

    /** The first {@code count} examples alone. */
    public Evaluation first(int count) {
        return new Evaluation(Arrays.copyOf(probabilities, count), Arrays.copyOf(truth, count), classNames);
    }
}
