package dev.graft.optimization;

import dev.graft.targets.OneClass;
import dev.graft.targets.Targets;

/** The loss of a network's outputs against targets of any kind, with its gradient. */
public final class TargetLoss {
    private TargetLoss() {}

    /**
     * What the outputs are to come near to.
     *
     * @param weights how much an example of each class counts, or each label where an example has it; empty if all count 1
     * @param labelSmoothing the share of each class's label that is spread evenly; other kinds do not know it
     * @param numbers what the error of a number costs; other kinds do not know it
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Goal(float[] weights, double labelSmoothing, NumberLoss numbers) {}

    /**
     * Measures a batch without a gradient, every example counting the same.
     *
     * @param outputs (batch, width), row after row
     * @param targets one for each row, as they are trained on
     * @param numbers what the error of a number costs
     */
    public static CrossEntropy.Outcome measure(float[] outputs, int width, Targets targets, NumberLoss numbers) {
        if (targets.kind() instanceof OneClass) {
            return CrossEntropy.measure(outputs, width, targets.labels(), 0, new float[0]);
        }
        return measure(outputs, width, RowLosses.of(targets, new float[0], numbers), 0);
    }

    private static CrossEntropy.Outcome measure(float[] outputs, int width, RowLosses losses, int start) {
        double loss = 0;
        double score = 0;
        for (int row = 0; row < outputs.length / width; row++) {
            loss += losses.loss(start + row, outputs, row * width);
            score += losses.score(start + row, outputs, row * width);
        }
        return new CrossEntropy.Outcome(loss, score);
    }

    /**
     * Measures a share of a batch, and writes the gradient of the whole batch's mean loss; the loss is that of every example alike,
     * the gradient weighs them.
     *
     * @param outputs (batch, width), row after row
     * @param targets those of the whole batch, as they are trained on
     * @param start which of them belongs to the first row
     * @param goal what the outputs are to come near to
     * @param gradient receives (batch, width) values
     */
    public static CrossEntropy.Outcome measure(
            float[] outputs, int width, Targets targets, int start, Goal goal, float[] gradient) {
        int whole = targets.size();
        float[] weights = goal.weights();
        if (targets.kind() instanceof OneClass) {
            CrossEntropy.Goal ofClasses = new CrossEntropy.Goal(weights, goal.labelSmoothing());
            return CrossEntropy.measure(outputs, width, targets.labels(), start, ofClasses, whole, gradient);
        }
        RowLosses weighted = RowLosses.of(targets, weights, goal.numbers());
        double[] row = new double[width];
        for (int i = 0; i < outputs.length / width; i++) {
            for (int k = 0; k < width; k++) {
                row[k] = outputs[i * width + k];
            }
            weighted.lossAndGradient(start + i, row);
            for (int k = 0; k < width; k++) {
                gradient[i * width + k] = (float) (row[k] / whole);
            }
        }
        return measure(
                outputs,
                width,
                weights.length == 0 ? weighted : RowLosses.of(targets, new float[0], goal.numbers()),
                start);
    }
}
