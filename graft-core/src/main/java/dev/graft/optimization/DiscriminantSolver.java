package dev.graft.optimization;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.StoppedException;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Fits linear discriminant analysis with a shrunken covariance (Friedman 1989, Regularized discriminant analysis; for
 * features of pretrained networks Wang et al. 2024, arXiv 2402.04087). Each class k is a Gaussian around its mean m(k); all share one
 * covariance {@code C = (1 - s) S + s tr(S)/d I}, where S is the pooled covariance within the classes, d the number of features and s
 * the shrinkage. A row's logit for a class is {@code t (m(k)'C⁻¹x - m(k)'C⁻¹m(k)/2) + log(share of k)}, which is one linear layer; the
 * temperature t makes up for what a covariance of few rows claims to know.
 *
 * <p>{@code C⁻¹m(k)} is found by conjugate gradients, which need nothing of C but its products with vectors: no matrix of d x d is ever
 * formed.
 */
public final class DiscriminantSolver {
    private static final int MAXIMUM_ITERATIONS = 200;
    private static final double TOLERANCE = 1e-4;
    private static final double LEAST_SPREAD = 0.1;

    private final DesignMatrix rows;
    private final int classes;
    private final int width;
    private final double[] counts;
    private final double[] means;
    private final double divisor;
    private final double trace;
    private final boolean equalShares;
    private final double[] directions;
    private BooleanSupplier stop = () -> false;

    /**
     * Prepares the rows.
     *
     * @param rows (rows, width), which its owner closes; centred, so that nothing is lost to rounding
     * @param labels the rows' labels, 0 to {@code classes - 1}
     * @param classes at least 2
     * @param classWeights how much a row of each class counts, which makes the classes' shares equal; empty if all count 1
     */
    public DiscriminantSolver(DesignMatrix rows, int[] labels, int classes, float[] classWeights) {
        this.rows = rows;
        this.classes = classes;
        equalShares = classWeights.length > 0;
        width = rows.width();
        counts = new double[classes];
        double[] membership = new double[labels.length * classes];
        for (int row = 0; row < labels.length; row++) {
            counts[labels[row]]++;
            membership[row * classes + labels[row]] = 1;
        }
        means = new double[classes * width];
        rows.multiplyTransposed(membership, classes, means);
        for (int i = 0; i < means.length; i++) {
            means[i] /= Math.max(1, counts[i / width]);
        }
        long present = Arrays.stream(counts).filter(count -> count > 0).count();
        divisor = Math.max(1, labels.length - present);
        double total = rows.squaredLength();
        double within = total;
        for (int i = 0; i < means.length; i++) {
            within -= counts[i / width] * means[i] * means[i];
        }
        // Rows that all equal their class's mean have no spread to be measured by.
        // A few rows may all equal the mean of their class, and have no spread to be measured by.
        trace = Math.max(within / divisor, LEAST_SPREAD * Math.max(total, 1e-30) / labels.length);
        directions = new double[classes * width];
    }

    /**
     * What a shrinkage finds, its logits not yet scaled by a temperature and without the classes' shares.
     *
     * @param weights (classes, width), row after row
     * @param offsets (classes)
     * @param logShares the logarithm of each class's share of the rows; of a class without any, that of half a
     *     row; 0 if all shall count the same
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Discriminants(double[] weights, double[] offsets, double[] logShares) {
        /** As coefficients and then biases, as {@link LogisticSolver} has them: one logit for two classes. */
        public double[] coefficients(double temperature) {
            int classes = offsets.length;
            int width = weights.length / classes;
            int logits = LogisticSolver.logits(classes);
            double[] x = new double[logits * (width + 1)];
            for (int k = 0; k < logits; k++) {
                for (int f = 0; f < width; f++) {
                    x[k * width + f] =
                            temperature * (logits == 1 ? weights[width + f] - weights[f] : weights[k * width + f]);
                }
                x[logits * width + k] = logits == 1
                        ? temperature * (offsets[1] - offsets[0]) + logShares[1] - logShares[0]
                        : temperature * offsets[k] + logShares[k];
            }
            return x;
        }
    }

    /**
     * Solves for a shrinkage, beginning where the last one ended.
     *
     * @param shrinkage above 0, at most 1
     * @param features d, if the rows are fewer coordinates of more features; else their width
     * @throws SettingsException if the shrinkage is out of range
     * @throws StoppedException if the thread is interrupted
     */
    public Discriminants solve(double shrinkage, int features) {
        requireShrinkage(shrinkage);
        double identity = shrinkage * trace / features;
        double[] found = new double[classes * width];
        double[] offsets = new double[classes];
        conjugateGradients(shrinkage, identity);
        System.arraycopy(directions, 0, found, 0, found.length);
        for (int k = 0; k < classes; k++) {
            double sum = 0;
            for (int f = 0; f < width; f++) {
                sum += means[k * width + f] * found[k * width + f];
            }
            offsets[k] = -sum / 2;
        }
        double all = Arrays.stream(counts).sum();
        double[] logShares = Arrays.stream(counts)
                .map(count -> equalShares ? 0 : Math.log(Math.max(count, 0.5) / all))
                .toArray();
        return new Discriminants(found, offsets, logShares);
    }

    /**
     * Solves for rows of features, which are standardised first, and folds that into the layer.
     *
     * @param problem the rows; its penalty is not looked at
     * @param shrinkage above 0, at most 1
     * @param temperature what the logits are multiplied by, positive
     */
    public static LogisticSolver.Solution solve(
            LogisticSolver.Regression problem, double shrinkage, double temperature, DesignMatrix.Maker matrices) {
        return solve(problem, shrinkage, temperature, matrices, () -> false);
    }

    /**
     * Solves for rows of features, which are standardised first, and folds that into the layer; or comes as close as it may.
     *
     * @param problem the rows; its penalty is not looked at
     * @param shrinkage above 0, at most 1
     * @param temperature what the logits are multiplied by, positive
     * @param stop asked before each iteration but the first whether to leave it at what is found so far; the first goes along the
     *     classes' means
     * @throws StoppedException if the thread is interrupted
     */
    public static LogisticSolver.Solution solve(
            LogisticSolver.Regression problem,
            double shrinkage,
            double temperature,
            DesignMatrix.Maker matrices,
            BooleanSupplier stop) {
        FeatureScaling scaling = FeatureScaling.of(problem.features(), problem.width(), problem.blocks());
        try (DesignMatrix rows = matrices.of(scaling.apply(problem.features()), problem.width())) {
            ClassLosses losses = ClassLosses.require(problem.losses());
            DiscriminantSolver solver =
                    new DiscriminantSolver(rows, losses.labels(), losses.classes(), losses.weights());
            solver.stop = stop;
            double[] x = solver.solve(shrinkage, problem.width()).coefficients(temperature);
            return scaling.fold(x, problem.losses().outputs());
        }
    }

    /** Fails if a shrinkage is out of range. */
    public static void requireShrinkage(double shrinkage) {
        if (!(shrinkage > 0 && shrinkage <= 1)) {
            throw new SettingsException(Problem.of("A covariance's shrinkage is out of range.")
                    .expected("above 0, at most 1")
                    .found(shrinkage));
        }
    }

    /** Moves the directions to where the shrunken covariance times each of them is its class's mean. */
    private void conjugateGradients(double shrinkage, double identity) {
        double[] residual = new double[directions.length];
        double[] product = new double[directions.length];
        multiply(directions, shrinkage, identity, product);
        for (int i = 0; i < residual.length; i++) {
            residual[i] = means[i] - product[i];
        }
        double[] search = residual.clone();
        double[] squares = squares(residual);
        double[] wanted = squares(means);
        for (int k = 0; k < classes; k++) {
            wanted[k] *= TOLERANCE * TOLERANCE;
        }
        for (int iteration = 0; iteration < MAXIMUM_ITERATIONS && any(squares, wanted); iteration++) {
            if (iteration > 0 && stop.getAsBoolean()) {
                return;
            }
            StoppedException.throwIfInterrupted();
            multiply(search, shrinkage, identity, product);
            for (int k = 0; k < classes; k++) {
                double curvature = dot(search, product, k);
                if (squares[k] <= wanted[k] || curvature <= 0) {
                    continue;
                }
                double length = squares[k] / curvature;
                double next = 0;
                for (int i = k * width; i < (k + 1) * width; i++) {
                    directions[i] += length * search[i];
                    residual[i] -= length * product[i];
                    next += residual[i] * residual[i];
                }
                double share = next / squares[k];
                for (int i = k * width; i < (k + 1) * width; i++) {
                    search[i] = residual[i] + share * search[i];
                }
                squares[k] = next;
            }
        }
    }

    private static boolean any(double[] squares, double[] wanted) {
        for (int k = 0; k < squares.length; k++) {
            if (squares[k] > wanted[k]) {
                return true;
            }
        }
        return false;
    }

    /** The shrunken covariance times each of some vectors, (classes, width). */
    private void multiply(double[] vectors, double shrinkage, double identity, double[] target) {
        double[] projected = new double[rows.rows() * classes];
        rows.multiply(vectors, classes, projected);
        rows.multiplyTransposed(projected, classes, target);
        double factor = (1 - shrinkage) / divisor;
        for (int k = 0; k < classes; k++) {
            double[] ofMeans = new double[classes];
            for (int j = 0; j < classes; j++) {
                double sum = 0;
                for (int f = 0; f < width; f++) {
                    sum += means[j * width + f] * vectors[k * width + f];
                }
                ofMeans[j] = counts[j] * sum;
            }
            for (int f = 0; f < width; f++) {
                double within = target[k * width + f];
                for (int j = 0; j < classes; j++) {
                    within -= ofMeans[j] * means[j * width + f];
                }
                target[k * width + f] = factor * within + identity * vectors[k * width + f];
            }
        }
    }

    private double[] squares(double[] vectors) {
        double[] sums = new double[classes];
        for (int k = 0; k < classes; k++) {
            sums[k] = dot(vectors, vectors, k);
        }
        return sums;
    }

    private double dot(double[] first, double[] second, int k) {
        double sum = 0;
        for (int i = k * width; i < (k + 1) * width; i++) {
            sum += first[i] * second[i];
        }
        return sum;
    }
}
