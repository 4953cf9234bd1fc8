package dev.graft.selection;

import dev.graft.evaluation.Evaluation;
import dev.graft.optimization.CrossEntropy;
import java.util.Arrays;

/**
 * What one candidate predicted of examples that it had not been trained on.
 *
 * @param loss the cross-entropy of each example, in nats; NaN where it was not judged
 * @param correct whether it was classified right
 * @param logits (examples, logits), where it is a linear head; else empty
 */
@SuppressWarnings("ArrayRecordComponent")
record OutOfFold(double[] loss, boolean[] correct, float[] logits) {
    /** One sure mistake must not outweigh everything else: beyond this a loss says no more than "wrong". */
    static final double LARGEST_LOSS = 5;

    static OutOfFold unjudged(int examples) {
        return unjudged(examples, new float[0]);
    }

    private static OutOfFold unjudged(int examples, float[] logits) {
        double[] loss = new double[examples];
        Arrays.fill(loss, Double.NaN);
        return new OutOfFold(loss, new boolean[examples], logits);
    }

    /**
     * What a linear head predicted.
     *
     * @param logits (examples, logits)
     * @param examples those that were judged
     * @param labels the label of each example
     */
    static OutOfFold ofLogits(float[] logits, int[] examples, int[] labels) {
        OutOfFold judged = unjudged(labels.length, logits);
        int made = logits.length / labels.length;
        float[] row = new float[made];
        for (int example : examples) {
            System.arraycopy(logits, example * made, row, 0, made);
            judged.judge(example, CrossEntropy.probabilities(row, made)[0], labels[example]);
        }
        return judged;
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

    /** Its predictions of some examples, which are counted anew. */
    OutOfFold of(int[] examples) {
        OutOfFold some = unjudged(examples.length);
        for (int i = 0; i < examples.length; i++) {
            some.loss[i] = loss[examples[i]];
            some.correct[i] = correct[examples[i]];
        }
        return some;
    }

    /** By how many standard errors its loss is lower than another's on the same examples, all of them judged. */
    double lowerLoss(OutOfFold other) {
        int count = loss.length;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double gain = other.loss[i] - loss[i];
            sum += gain;
            squares += gain * gain;
        }
        double mean = sum / count;
        double variance = squares / count - mean * mean;
        return variance <= 0 ? 0 : mean / Math.sqrt(variance / count);
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
