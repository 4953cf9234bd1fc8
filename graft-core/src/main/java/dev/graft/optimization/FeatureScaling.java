package dev.graft.optimization;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.List;

/**
 * Standardises features, and can give blocks of them equal weight: each feature of a block of d is divided by the root of
 * d times the number of blocks besides, so that every block counts the same however wide it is, and a row's expected
 * squared length is 1.
 */
public final class FeatureScaling {
    private final double[] mean;
    private final double[] divisor;

    private FeatureScaling(double[] mean, double[] divisor) {
        this.mean = mean;
        this.divisor = divisor;
    }

    /**
     * Mean and standard deviation of each feature; a constant feature is divided by 1.
     *
     * @param features (rows, width), row after row
     * @param blocks the widths of the blocks of features that count the same; empty if each feature does
     * @throws SettingsException if the blocks do not add up to the width
     */
    public static FeatureScaling of(float[] features, int width, List<Integer> blocks) {
        int rows = features.length / width;
        double[] mean = new double[width];
        double[] divisor = new double[width];
        for (int row = 0; row < rows; row++) {
            for (int f = 0; f < width; f++) {
                mean[f] += features[row * width + f] / (double) rows;
            }
        }
        for (int row = 0; row < rows; row++) {
            for (int f = 0; f < width; f++) {
                double deviation = features[row * width + f] - mean[f];
                divisor[f] += deviation * deviation / rows;
            }
        }
        for (int f = 0; f < width; f++) {
            double std = Math.sqrt(divisor[f]);
            divisor[f] = std > 1e-8 * Math.max(1, Math.abs(mean[f])) ? std : 1;
        }
        weigh(divisor, blocks);
        return new FeatureScaling(mean, divisor);
    }

    private static void weigh(double[] divisor, List<Integer> blocks) {
        if (blocks.isEmpty()) {
            return;
        }
        int sum = blocks.stream().mapToInt(Integer::intValue).sum();
        if (sum != divisor.length) {
            throw new SettingsException(Problem.of("Blocks of features do not add up to all of them.")
                    .expected(divisor.length)
                    .found(blocks));
        }
        int start = 0;
        for (int block : blocks) {
            double factor = Math.sqrt((double) block * blocks.size());
            for (int f = start; f < start + block; f++) {
                divisor[f] *= factor;
            }
            start += block;
        }
    }

    /** The scaled rows. */
    public float[] apply(float[] features) {
        int width = mean.length;
        float[] scaled = new float[features.length];
        for (int i = 0; i < scaled.length; i++) {
            int f = i % width;
            scaled[i] = (float) ((features[i] - mean[f]) / divisor[f]);
        }
        return scaled;
    }

    /** Turns coefficients for scaled features, and the biases behind them, into those for features as they come. */
    LogisticSolver.Solution fold(double[] x, int logits) {
        int width = mean.length;
        float[] weights = new float[logits * width];
        float[] biases = new float[logits];
        for (int k = 0; k < logits; k++) {
            double bias = x[logits * width + k];
            for (int f = 0; f < width; f++) {
                double weight = x[k * width + f] / divisor[f];
                weights[k * width + f] = (float) weight;
                bias -= weight * mean[f];
            }
            biases[k] = (float) bias;
        }
        return new LogisticSolver.Solution(weights, biases);
    }
}
