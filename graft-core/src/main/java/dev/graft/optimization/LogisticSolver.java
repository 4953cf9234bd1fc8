package dev.graft.optimization;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Fits multinomial logistic regression on standardised features to convergence, and folds the standardisation into the
 * coefficients. Minimises {@code sum(crossEntropy) + penalty / 2 * |w|²}; the biases are not penalised.
 */
public final class LogisticSolver {
    private static final int MAXIMUM_ITERATIONS = 500;
    private static final double TOLERANCE = 1e-5;
    // The choice among penalties changes with the third digit of a loss at most.
    private static final int APPROXIMATE_ITERATIONS = 40;
    private static final double APPROXIMATE_TOLERANCE = 1e-3;

    private LogisticSolver() {}

    /**
     * A dense layer: logits = weights x features + biases.
     *
     * @param weights (logits, features), row after row
     * @param biases (logits)
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Solution(float[] weights, float[] biases) {
        /** The logits of all rows of a matrix, (rows, logits). */
        public float[] logits(DesignMatrix rows) {
            double[] factors = new double[weights.length];
            Arrays.setAll(factors, i -> weights[i]);
            double[] products = new double[rows.rows() * biases.length];
            rows.multiply(factors, biases.length, products);
            float[] logits = new float[products.length];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = (float) (products[i] + biases[i % biases.length]);
            }
            return logits;
        }

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
     * What to solve.
     *
     * @param features (rows, width), row after row
     * @param width features in a row
     * @param labels the rows' labels, 0 to {@code classes - 1}
     * @param classes at least 2; with 2 the solution has one logit
     * @param classWeights how much a row of each class counts; empty if all count 1
     * @param blocks the widths of the blocks of features that count the same, see {@link FeatureScaling}; empty if each
     *     feature does
     * @param penalty positive
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Regression(
            float[] features,
            int width,
            int[] labels,
            int classes,
            float[] classWeights,
            List<Integer> blocks,
            double penalty) {
        /** Copies the list. */
        public Regression {
            blocks = List.copyOf(blocks);
        }
    }

    /**
     * Solves for the given rows, which all count the same, as do the features.
     *
     * @param features (rows, width), row after row
     * @param width features in a row
     * @param labels the rows' labels, 0 to {@code classes - 1}
     * @param classes at least 2; with 2 the solution has one logit
     * @param penalty positive
     */
    public static Solution solve(float[] features, int width, int[] labels, int classes, double penalty) {
        return solve(
                new Regression(features, width, labels, classes, new float[0], List.of(), penalty),
                DesignMatrix::inJava);
    }

    /** Solves a regression, its products computed by the matrices of the maker. */
    public static Solution solve(Regression regression, DesignMatrix.Maker matrices) {
        return solve(regression, matrices, () -> false);
    }

    /**
     * Solves a regression, its products computed by the matrices of the maker, or comes as close as it may.
     *
     * @param stop asked before each iteration but the first whether to leave it at what is found so far, which is between no
     *     coefficients at all and the solution, as with a stronger penalty
     */
    public static Solution solve(Regression regression, DesignMatrix.Maker matrices, BooleanSupplier stop) {
        int width = regression.width();
        FeatureScaling scaling = FeatureScaling.of(regression.features(), width, regression.blocks());
        int logits = logits(regression.classes());
        double[] x = new double[logits * (width + 1)];
        try (DesignMatrix rows = matrices.of(scaling.apply(regression.features()), width)) {
            minimize(rows, regression.labels(), regression.classWeights(), regression.penalty(), x, stop);
        }
        return scaling.fold(x, logits);
    }

    /**
     * Solves for rows as they are, which are not standardised: for counts of words, whose rare ones would weigh most.
     *
     * @param rows the rows
     * @param labels their labels, 0 to {@code classes - 1}
     * @param classes at least 2; with 2 the solution has one logit
     * @param classWeights how much a row of each class counts; empty if all count 1
     * @param penalty positive
     */
    public static Solution solveAsIs(
            DesignMatrix rows, int[] labels, int classes, float[] classWeights, double penalty) {
        int weights = logits(classes) * rows.width();
        double[] x = new double[weights + logits(classes)];
        minimize(rows, labels, classWeights, penalty, x, () -> false);
        float[] found = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            found[i] = (float) x[i];
        }
        return new Solution(Arrays.copyOf(found, weights), Arrays.copyOfRange(found, weights, found.length));
    }

    private static void minimize(
            DesignMatrix rows, int[] labels, float[] classWeights, double penalty, double[] x, BooleanSupplier stop) {
        int logits = x.length / (rows.width() + 1);
        Objective objective = new Objective(rows, labels, logits, classWeights, penalty);
        Lbfgs.minimize(objective::evaluate, x, MAXIMUM_ITERATIONS, TOLERANCE, stop);
    }

    /**
     * Coefficients for rows that are scaled already, for a choice among penalties rather than for use.
     *
     * @param rows the rows
     * @param labels their labels
     * @param classes at least 2; with 2 there is one logit
     * @param classWeights how much a row of each class counts; empty if all count 1
     * @param penalty positive
     * @param x where to start, and what is found: coefficients (logits, width), then biases (logits)
     */
    static void approximate(
            DesignMatrix rows, int[] labels, int classes, float[] classWeights, double penalty, double[] x) {
        Objective objective = new Objective(rows, labels, logits(classes), classWeights, penalty);
        Lbfgs.minimize(objective::evaluate, x, APPROXIMATE_ITERATIONS, APPROXIMATE_TOLERANCE);
    }

    /** One logit for two classes, else one for each. */
    public static int logits(int classes) {
        return classes == 2 ? 1 : classes;
    }

    /** The penalised loss over all rows. */
    private static final class Objective {
        private final DesignMatrix rows;
        private final int[] labels;
        private final int logits;
        private final float[] classWeights;
        private final double penalty;
        private final double[] residuals;

        Objective(DesignMatrix rows, int[] labels, int logits, float[] classWeights, double penalty) {
            this.rows = rows;
            this.labels = labels;
            this.logits = logits;
            this.classWeights = classWeights;
            this.penalty = penalty;
            residuals = new double[labels.length * logits];
        }

        /** Coefficients first, (logits, width), then the biases, (logits). */
        double evaluate(double[] x, double[] gradient) {
            int biases = logits * rows.width();
            rows.multiply(x, logits, residuals);
            Arrays.fill(gradient, biases, gradient.length, 0);
            double value = 0;
            double[] z = new double[logits];
            for (int row = 0; row < labels.length; row++) {
                for (int k = 0; k < logits; k++) {
                    z[k] = residuals[row * logits + k] + x[biases + k];
                }
                double count = classWeights.length == 0 ? 1 : classWeights[labels[row]];
                value += count * lossAndResiduals(z, labels[row]);
                for (int k = 0; k < logits; k++) {
                    residuals[row * logits + k] = count * z[k];
                    gradient[biases + k] += count * z[k];
                }
            }
            rows.multiplyTransposed(residuals, logits, gradient);
            for (int i = 0; i < biases; i++) {
                value += penalty / 2 * x[i] * x[i];
                gradient[i] += penalty * x[i];
            }
            return value;
        }
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
}
