package dev.graft.optimization;

import java.util.Arrays;

/**
 * Fits multinomial logistic regression on standardised features to convergence, and folds the standardisation into the
 * coefficients. Minimises {@code sum(crossEntropy) + penalty / 2 * |w|²}; the biases are not penalised.
 */
public final class LogisticSolver {
    private static final int MAXIMUM_ITERATIONS = 500;
    private static final double TOLERANCE = 1e-5;

    private LogisticSolver() {}

    /**
     * A dense layer: logits = weights x features + biases.
     *
     * @param weights (logits, features), row after row
     * @param biases (logits)
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Solution(float[] weights, float[] biases) {
        /** The logits of one row of features. */
        public float[] logits(float[] features, int offset) {
            int width = weights.length / biases.length;
            float[] logits = new float[biases.length];
            for (int k = 0; k < logits.length; k++) {
                double sum = biases[k];
                for (int f = 0; f < width; f++) {
                    sum += (double) weights[k * width + f] * features[offset + f];
                }
                logits[k] = (float) sum;
            }
            return logits;
        }
    }

    /**
     * Solves for the given rows.
     *
     * @param features (rows, width), row after row
     * @param width features in a row
     * @param labels the rows' labels, 0 to {@code classes - 1}
     * @param classes at least 2; with 2 the solution has one logit
     * @param penalty positive
     */
    public static Solution solve(float[] features, int width, int[] labels, int classes, double penalty) {
        return solve(features, width, labels, classes, new float[0], penalty);
    }

    /**
     * The same where some classes count more.
     *
     * @param classWeights how much a row of each class counts; empty if all count 1
     */
    public static Solution solve(
            float[] features, int width, int[] labels, int classes, float[] classWeights, double penalty) {
        int rows = labels.length;
        Scaling scaling = Scaling.of(features, rows, width);
        float[] scaled = scaling.apply(features, rows, width);
        int logits = classes == 2 ? 1 : classes;
        double[] x = new double[logits * (width + 1)];
        Lbfgs.minimize(
                (point, gradient) -> evaluate(point, gradient, scaled, width, labels, classWeights, logits, penalty),
                x,
                MAXIMUM_ITERATIONS,
                TOLERANCE);
        return scaling.fold(x, logits, width);
    }

    /** Coefficients first, (logits, width), then the biases, (logits). */
    private static double evaluate(
            double[] x,
            double[] gradient,
            float[] rows,
            int width,
            int[] labels,
            float[] classWeights,
            int logits,
            double penalty) {
        Arrays.fill(gradient, 0);
        int biases = logits * width;
        double value = 0;
        double[] z = new double[logits];
        for (int row = 0; row < labels.length; row++) {
            int offset = row * width;
            for (int k = 0; k < logits; k++) {
                double sum = x[biases + k];
                int weight = k * width;
                for (int f = 0; f < width; f++) {
                    sum += x[weight + f] * rows[offset + f];
                }
                z[k] = sum;
            }
            double count = classWeights.length == 0 ? 1 : classWeights[labels[row]];
            value += count * lossAndResiduals(z, labels[row]);
            for (int k = 0; k < logits; k++) {
                double residual = count * z[k];
                int weight = k * width;
                for (int f = 0; f < width; f++) {
                    gradient[weight + f] += residual * rows[offset + f];
                }
                gradient[biases + k] += residual;
            }
        }
        for (int i = 0; i < biases; i++) {
            value += penalty / 2 * x[i] * x[i];
            gradient[i] += penalty * x[i];
        }
        return value;
    }

    /** Returns the loss of one row, and turns its logits into probability minus truth. */
    private static double lossAndResiduals(double[] z, int label) {
        if (z.length == 1) {
            double logit = z[0];
            z[0] = 1 / (1 + Math.exp(-logit)) - label;
            double margin = label == 1 ? logit : -logit;
            return Math.max(-margin, 0) + Math.log1p(Math.exp(-Math.abs(margin)));
        }
        double max = Arrays.stream(z).max().orElseThrow();
        double sum = 0;
        double chosen = z[label];
        for (int k = 0; k < z.length; k++) {
            z[k] = Math.exp(z[k] - max);
            sum += z[k];
        }
        for (int k = 0; k < z.length; k++) {
            z[k] = z[k] / sum - (k == label ? 1 : 0);
        }
        return max - chosen + Math.log(sum);
    }

    /** Mean and standard deviation of each feature; a constant feature scales by 1. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Scaling(double[] mean, double[] scale) {
        static Scaling of(float[] features, int rows, int width) {
            double[] mean = new double[width];
            double[] scale = new double[width];
            for (int row = 0; row < rows; row++) {
                for (int f = 0; f < width; f++) {
                    mean[f] += features[row * width + f] / (double) rows;
                }
            }
            for (int row = 0; row < rows; row++) {
                for (int f = 0; f < width; f++) {
                    double deviation = features[row * width + f] - mean[f];
                    scale[f] += deviation * deviation / rows;
                }
            }
            for (int f = 0; f < width; f++) {
                double std = Math.sqrt(scale[f]);
                scale[f] = std > 1e-8 * Math.max(1, Math.abs(mean[f])) ? std : 1;
            }
            return new Scaling(mean, scale);
        }

        float[] apply(float[] features, int rows, int width) {
            float[] scaled = new float[rows * width];
            for (int row = 0; row < rows; row++) {
                for (int f = 0; f < width; f++) {
                    scaled[row * width + f] = (float) ((features[row * width + f] - mean[f]) / scale[f]);
                }
            }
            return scaled;
        }

        Solution fold(double[] x, int logits, int width) {
            float[] weights = new float[logits * width];
            float[] biases = new float[logits];
            for (int k = 0; k < logits; k++) {
                double bias = x[logits * width + k];
                for (int f = 0; f < width; f++) {
                    double weight = x[k * width + f] / scale[f];
                    weights[k * width + f] = (float) weight;
                    bias -= weight * mean[f];
                }
                biases[k] = (float) bias;
            }
            return new Solution(weights, biases);
        }
    }
}
