package dev.graft.optimization;

/**
 * Cross-entropy between logits and labels, in nats, with its gradient. One logit means two classes and a sigmoid; more
 * mean a softmax. Computed in float64 from the engine's float32 logits, so that no overflow and no clipping arises.
 */
public final class CrossEntropy {
    private CrossEntropy() {}

    /**
     * What a batch of logits amounts to.
     *
     * @param lossSum the sum of the examples' losses, in nats
     * @param score the sum of the examples' scores, of which the mean says how good the outputs are: of classes how many are right
     */
    public record Outcome(double lossSum, double score) {}

    /**
     * What the gradient leads to.
     *
     * @param classWeights how much an example of each class counts; empty if all count 1
     * @param labelSmoothing the share of each label that is spread evenly over all classes, 0 to below 1 (Szegedy et al. 2016,
     *     arXiv 1512.00567)
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Goal(float[] classWeights, double labelSmoothing) {
        private static final Goal PLAIN = new Goal(new float[0], 0);

        /** The probability that an example of some label should have of a class, of so many classes. */
        private double target(int label, int c, int classes) {
            return (c == label ? 1 - labelSmoothing : 0) + labelSmoothing / classes;
        }

        private double weight(int label) {
            return classWeights.length == 0 ? 1 : classWeights[label];
        }
    }

    /**
     * Measures a batch, and writes the gradient of its <em>mean</em> loss if asked for.
     *
     * @param logits (batch, width), row after row
     * @param width logits of one example: 1 for two classes, else the number of classes
     * @param labels the label of each row, from {@code start} on
     * @param start where the batch's labels begin in {@code labels}
     * @param gradient receives (batch, width) values; empty if no gradient is wanted
     */
    public static Outcome measure(float[] logits, int width, int[] labels, int start, float[] gradient) {
        return measure(logits, width, labels, start, Goal.PLAIN, logits.length / width, gradient);
    }

    /**
     * Measures a share of a batch, and writes the gradient that leads to a goal; loss and right answers are those of the labels as they
     * are, of every example alike.
     *
     * @param whole how many examples the batch has, of whose mean loss the gradient is
     */
    public static Outcome measure(
            float[] logits, int width, int[] labels, int start, Goal goal, int whole, float[] gradient) {
        int batch = logits.length / width;
        double[] probabilities = new double[Math.max(2, width)];
        double sum = 0;
        int correct = 0;
        for (int row = 0; row < batch; row++) {
            int label = labels[start + row];
            sum += loss(logits, row, width, label);
            probabilities(logits, row, width, probabilities);
            if (argMax(probabilities) == label) {
                correct++;
            }
            if (gradient.length > 0) {
                writeGradient(probabilities, width, label, gradient, row, goal, whole);
            }
        }
        return new Outcome(sum, correct);
    }

    /** The probabilities of the classes, (batch, classes), of logits (batch, width). */
    public static float[][] probabilities(float[] logits, int width) {
        int batch = logits.length / width;
        double[] row = new double[Math.max(2, width)];
        float[][] all = new float[batch][row.length];
        for (int i = 0; i < batch; i++) {
            probabilities(logits, i, width, row);
            for (int c = 0; c < row.length; c++) {
                all[i][c] = (float) row[c];
            }
        }
        return all;
    }

    /**
     * The loss of one row, in nats.
     *
     * @param logits (batch, width), row after row
     */
    public static double loss(float[] logits, int row, int width, int label) {
        if (width == 1) {
            double logit = label == 1 ? logits[row] : -logits[row];
            return Math.max(-logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
        }
        double max = max(logits, row, width);
        double sum = 0;
        for (int c = 0; c < width; c++) {
            sum += Math.exp(logits[row * width + c] - max);
        }
        // The difference first: beside a huge logit the logarithm would vanish.
        return max - logits[row * width + label] + Math.log(sum);
    }

    private static void probabilities(float[] logits, int row, int width, double[] result) {
        if (width == 1) {
            result[1] = 1 / (1 + Math.exp(-(double) logits[row]));
            result[0] = 1 / (1 + Math.exp((double) logits[row]));
            return;
        }
        double max = max(logits, row, width);
        double sum = 0;
        for (int c = 0; c < width; c++) {
            result[c] = Math.exp(logits[row * width + c] - max);
            sum += result[c];
        }
        for (int c = 0; c < width; c++) {
            result[c] /= sum;
        }
    }

    private static void writeGradient(
            double[] probabilities, int width, int label, float[] gradient, int row, Goal goal, int whole) {
        double weight = goal.weight(label);
        if (width == 1) {
            gradient[row] = (float) ((probabilities[1] - goal.target(label, 1, 2)) * weight / whole);
            return;
        }
        for (int c = 0; c < width; c++) {
            gradient[row * width + c] = (float) ((probabilities[c] - goal.target(label, c, width)) * weight / whole);
        }
    }

    private static double max(float[] logits, int row, int width) {
        double max = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < width; c++) {
            // A NaN must reach the loss, where it is noticed.
            max = Math.max(max, logits[row * width + c]);
        }
        return max;
    }

    /** The first of the largest values. */
    public static int argMax(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }
}
