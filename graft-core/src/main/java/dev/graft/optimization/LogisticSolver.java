package dev.graft.optimization;

import dev.graft.error.StoppedException;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Fits a penalised linear model on standardised features to convergence, and folds the standardisation into the coefficients. Minimises
 * {@code sum(loss) + penalty / 2 * |w|²}; the biases are not penalised. With the losses of classes that is multinomial logistic
 * regression, with those of several labels one logistic regression for each, with those of numbers ridge regression.
 *
 * <p>A thread that is interrupted while it solves leaves with a {@link StoppedException} before the next product of the rows.
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
     * @param losses what the rows' outputs are to come near to
     * @param blocks the widths of the blocks of features that count the same, see {@link FeatureScaling}; empty if each
     *     feature does
     * @param penalty positive
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Regression(float[] features, int width, RowLosses losses, List<Integer> blocks, double penalty) {
        /** Copies the list. */
        public Regression {
            blocks = List.copyOf(blocks);
        }

        /**
         * A regression on classes.
         *
         * @param labels the rows' labels, 0 to {@code classes - 1}
         * @param classes at least 2; with 2 the solution has one logit
         * @param classWeights how much a row of each class counts; empty if all count 1
         */
        public Regression(
                float[] features,
                int width,
                int[] labels,
                int classes,
                float[] classWeights,
                List<Integer> blocks,
                double penalty) {
            this(features, width, RowLosses.ofClasses(labels, classes, classWeights), blocks, penalty);
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
        int logits = regression.losses().outputs();
        double[] x = new double[logits * (width + 1)];
        try (DesignMatrix rows = matrices.of(scaling.apply(regression.features()), width)) {
            minimize(rows, regression.losses(), regression.penalty(), x, stop);
        }
        return scaling.fold(x, logits);
    }

    /**
     * Solves for rows as they are, which are not standardised: for counts of words, whose rare ones would weigh most.
     *
     * @param rows the rows
     * @param losses what their outputs are to come near to
     * @param penalty positive
     */
    public static Solution solveAsIs(DesignMatrix rows, RowLosses losses, double penalty) {
        int weights = losses.outputs() * rows.width();
        double[] x = new double[weights + losses.outputs()];
        minimize(rows, losses, penalty, x, () -> false);
        float[] found = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            found[i] = (float) x[i];
        }
        return new Solution(Arrays.copyOf(found, weights), Arrays.copyOfRange(found, weights, found.length));
    }

    private static void minimize(
            DesignMatrix rows, RowLosses losses, double penalty, double[] x, BooleanSupplier stop) {
        Objective objective = new Objective(rows, losses, penalty);
        Lbfgs.minimize(objective::evaluate, x, MAXIMUM_ITERATIONS, TOLERANCE, stop);
    }

    /**
     * Coefficients for rows that are scaled already, for a choice among penalties rather than for use.
     *
     * @param rows the rows
     * @param losses what their outputs are to come near to
     * @param penalty positive
     * @param x where to start, and what is found: coefficients (outputs, width), then biases (outputs)
     */
    static void approximate(DesignMatrix rows, RowLosses losses, double penalty, double[] x) {
        Objective objective = new Objective(rows, losses, penalty);
        Lbfgs.minimize(objective::evaluate, x, APPROXIMATE_ITERATIONS, APPROXIMATE_TOLERANCE);
    }

    /** One logit for two classes, else one for each. */
    public static int logits(int classes) {
        return classes == 2 ? 1 : classes;
    }

    /** The penalised loss over all rows. */
    private static final class Objective {
        private final DesignMatrix rows;
        private final RowLosses losses;
        private final int outputs;
        private final double penalty;
        private final double[] residuals;

        Objective(DesignMatrix rows, RowLosses losses, double penalty) {
            this.rows = rows;
            this.losses = losses;
            this.outputs = losses.outputs();
            this.penalty = penalty;
            residuals = new double[losses.rows() * outputs];
        }

        /** Coefficients first, (outputs, width), then the biases, (outputs). */
        double evaluate(double[] x, double[] gradient) {
            int biases = outputs * rows.width();
            rows.multiply(x, outputs, residuals);
            Arrays.fill(gradient, biases, gradient.length, 0);
            double value = 0;
            double[] z = new double[outputs];
            for (int row = 0; row < losses.rows(); row++) {
                for (int k = 0; k < outputs; k++) {
                    z[k] = residuals[row * outputs + k] + x[biases + k];
                }
                value += losses.lossAndGradient(row, z);
                for (int k = 0; k < outputs; k++) {
                    residuals[row * outputs + k] = z[k];
                    gradient[biases + k] += z[k];
                }
            }
            rows.multiplyTransposed(residuals, outputs, gradient);
            for (int i = 0; i < biases; i++) {
                value += penalty / 2 * x[i] * x[i];
                gradient[i] += penalty * x[i];
            }
            return value;
        }
    }
}
