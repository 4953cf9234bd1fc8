package dev.graft.statistics;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Mahalanobis distances of features to classes that share a covariance, which is shrunken towards a multiple of the identity
 * (Lee et al., "A Simple Unified Framework for Detecting Out-of-Distribution Samples and Adversarial Attacks", 2018, arXiv
 * 1807.03888), and how much nearer an example is to a class than to all examples together (Ren et al., "A Simple Fix to
 * Mahalanobis Distance for Improving Near-OOD Detection", 2021, arXiv 2106.09022). Features are standardised first, and each
 * block of them counts the same. Immutable, and safe for use by several threads.
 */
public final class ClassDistances {
    /** The shrinkage that suits distances. */
    public static final double SHRINKAGE = 0.2;

    /** A feature that varies by less, relative to its size, is constant. */
    private static final double CONSTANT = 1e-7;

    private final ClassStatistics statistics;
    private final int[] used;
    private final double[] centre;
    private final double[] factor;
    private final Cholesky covariance;
    private final float[][] means;
    private final double[][] spread;
    private final double shrinkage;

    /**
     * How far an example is from what is known.
     *
     * @param nearest the label of the nearest class
     * @param distance the squared distance to it
     * @param relative that less the squared distance to the mean of all examples, by the covariance of all
     */
    public record Distance(int nearest, double distance, double relative) {}

    private ClassDistances(ClassStatistics statistics, List<Integer> blocks, Set<Integer> counted, double shrinkage) {
        this.statistics = statistics;
        this.shrinkage = shrinkage;
        double[] deviations = deviations(statistics);
        this.centre = statistics.mean();
        int width = statistics.width();
        double[] weights = new double[width];
        int from = 0;
        for (int i = 0; i < blocks.size(); i++) {
            int block = blocks.get(i);
            double weight = counted.contains(i) ? 1 / Math.sqrt((double) block * counted.size()) : 0;
            Arrays.fill(weights, from, from + block, weight);
            from += block;
        }
        this.used = IntStream.range(0, width)
                .filter(f -> weights[f] > 0 && deviations[f] > CONSTANT * Math.max(1, Math.abs(centre[f])))
                .toArray();
        this.factor = new double[width];
        for (int f : used) {
            factor[f] = weights[f] / deviations[f];
        }
        this.covariance = Cholesky.of(shrunken(shrinkage));
        this.means = new float[statistics.classes()][];
        long[] counts = statistics.counts();
        for (int k = 0; k < means.length; k++) {
            int label = k;
            means[k] = counts[k] == 0 ? new float[0] : whitened(f -> statistics.mean(label, f));
        }
        this.spread = spread(counts);
    }

    /**
     * Distances to the classes of some statistics.
     *
     * @param statistics of at least one class with two examples
     * @param blocks the widths of the blocks of features that count the same, in order; all features together
     * @param shrinkage above 0, at most 1; {@link #SHRINKAGE} suits distances
     * @throws SettingsException if the shrinkage is out of range, the blocks are not all features, no class has two examples, or
     *     no feature varies
     */
    public static ClassDistances of(ClassStatistics statistics, List<Integer> blocks, double shrinkage) {
        return of(statistics, blocks, IntStream.range(0, blocks.size()).boxed().collect(Collectors.toSet()), shrinkage);
    }

    /**
     * Distances by features behind which targets stand, which do not count.
     *
     * @param blocks the widths of the blocks of features
     * @param targets how many columns behind them are targets
     * @param shrinkage above 0, at most 1
     * @throws SettingsException as for distances by all columns
     */
    public static ClassDistances of(ClassStatistics statistics, List<Integer> blocks, int targets, double shrinkage) {
        List<Integer> all = new ArrayList<>(blocks);
        if (targets > 0) {
            all.add(targets);
        }
        return of(statistics, all, IntStream.range(0, blocks.size()).boxed().collect(Collectors.toSet()), shrinkage);
    }

    /**
     * Distances by some of the blocks alone.
     *
     * @param statistics of at least one class with two examples
     * @param blocks the widths of the blocks of features, in order; all features together
     * @param counted the places of the blocks that count, each the same
     * @param shrinkage above 0, at most 1
     * @throws SettingsException if the shrinkage is out of range, the blocks are not all features, no class has two examples, or
     *     no feature varies
     */
    public static ClassDistances of(
            ClassStatistics statistics, List<Integer> blocks, Set<Integer> counted, double shrinkage) {
        boolean complete = blocks.stream().mapToInt(Integer::intValue).sum() == statistics.width();
        if (!(shrinkage > 0 && shrinkage <= 1) || !complete || statistics.freedom() < 1) {
            throw new SettingsException(Problem.of("There are no distances to such classes.")
                    .expected("a shrinkage above 0 and at most 1, blocks of " + statistics.width()
                            + " features in all, and a class of two examples")
                    .found("shrinkage " + shrinkage + ", blocks " + blocks + ", examples "
                            + Arrays.toString(statistics.counts())));
        }
        ClassDistances distances = new ClassDistances(statistics, blocks, counted, shrinkage);
        if (distances.used.length == 0) {
            throw new SettingsException(Problem.of("There are no distances to such classes.")
                    .expected("features that differ among the examples")
                    .found(statistics.width() + " features, all constant"));
        }
        return distances;
    }

    /** The standard deviations of the features about the mean of all examples. */
    private static double[] deviations(ClassStatistics statistics) {
        double[] all = statistics.mean();
        long[] counts = statistics.counts();
        double examples = statistics.examples();
        double[] deviations = new double[all.length];
        for (int f = 0; f < all.length; f++) {
            double sum = statistics.scatter(f, f);
            for (int k = 0; k < counts.length; k++) {
                double apart = counts[k] == 0 ? 0 : statistics.mean(k, f) - all[f];
                sum += counts[k] * apart * apart;
            }
            deviations[f] = Math.sqrt(Math.max(0, sum) / examples);
        }
        return deviations;
    }

    private double[][] shrunken(double shrinkage) {
        int width = used.length;
        double freedom = statistics.freedom();
        double[][] upper = new double[width][width];
        double trace = 0;
        for (int i = 0; i < width; i++) {
            double ofFirst = factor[used[i]] / freedom;
            for (int j = i; j < width; j++) {
                upper[i][j] = statistics.scatter(used[i], used[j]) * ofFirst * factor[used[j]];
            }
            trace += upper[i][i];
        }
        for (int i = 0; i < width; i++) {
            for (int j = i; j < width; j++) {
                upper[i][j] *= 1 - shrinkage;
            }
            upper[i][i] += Math.max(shrinkage * trace, 1e-9) / width;
        }
        return upper;
    }

    /** For each class a vector along which the covariance of all examples exceeds that within the classes, and their Gram matrix. */
    private double[][] spread(long[] counts) {
        double examples = statistics.examples();
        double[][] gram = new double[means.length][means.length];
        for (int i = 0; i < means.length; i++) {
            for (int j = 0; j <= i; j++) {
                double product = Math.sqrt((double) counts[i] * counts[j]) / examples * dot(means[i], means[j]);
                gram[i][j] = product;
                gram[j][i] = product;
            }
            gram[i][i] += 1;
        }
        Cholesky.of(gram);
        return gram;
    }

    private interface Feature {
        double value(int feature);
    }

    private float[] whitened(Feature row) {
        float[] x = new float[used.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) ((row.value(used[i]) - centre[used[i]]) * factor[used[i]]);
        }
        covariance.whiten(x);
        return x;
    }

    /**
     * How far an example is from what is known.
     *
     * @param row its features
     */
    public Distance of(float[] row) {
        return of(row, 0);
    }

    /**
     * How far an example is from what is known.
     *
     * @param rows features, row after row
     * @param offset where the example's begin
     */
    public Distance of(float[] rows, int offset) {
        float[] x = whitened(f -> rows[offset + f]);
        double length = dot(x, x);
        long[] counts = statistics.counts();
        double examples = statistics.examples();
        double[] along = new double[means.length];
        int nearest = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < means.length; k++) {
            double product = dot(x, means[k]);
            double distance = length - 2 * product + dot(means[k], means[k]);
            if (counts[k] > 0 && distance < least) {
                least = distance;
                nearest = k;
            }
            along[k] = Math.sqrt(counts[k] / examples) * product;
        }
        return new Distance(nearest, Math.max(0, least), least - length + explained(along));
    }

    /** What the differences between the classes explain of a squared length: Woodbury's identity. */
    private double explained(double[] along) {
        double sum = 0;
        for (int k = 0; k < along.length; k++) {
            double value = along[k] / spread[k][k];
            for (int j = k + 1; j < along.length; j++) {
                along[j] -= value * spread[k][j];
            }
            sum += value * value;
        }
        return sum;
    }

    /**
     * The linear discriminants of the classes on features as they come: the logits of a class are its weights times the features
     * plus its bias, and differ among the classes as the logarithms of their densities do.
     */
    public LinearFunctions discriminants() {
        int width = statistics.width();
        float[] weights = new float[means.length * width];
        float[] biases = new float[means.length];
        for (int k = 0; k < means.length; k++) {
            if (means[k].length == 0) {
                biases[k] = Float.NEGATIVE_INFINITY;
                continue;
            }
            double[] direction = new double[used.length];
            for (int i = 0; i < direction.length; i++) {
                direction[i] = means[k][i];
            }
            covariance.solveUpper(direction);
            double bias = -dot(means[k], means[k]) / 2;
            for (int i = 0; i < direction.length; i++) {
                double weight = direction[i] * factor[used[i]];
                weights[k * width + used[i]] = (float) weight;
                bias -= weight * centre[used[i]];
            }
            biases[k] = (float) bias;
        }
        return new LinearFunctions(weights, biases);
    }

    /**
     * The linear functions of the features that come nearest to targets which stand behind them, by least squares with the shrunken
     * covariance: ridge regression from sums alone, of one class of all examples, whose penalty is shrinkage / (1 - shrinkage) times
     * the mean variance of the scaled features. Weights are of the features as they come.
     *
     * @param targets how many of the last columns are targets
     */
    public LinearFunctions regression(int targets) {
        int features = statistics.width() - targets;
        float[] weights = new float[targets * features];
        float[] biases = new float[targets];
        double freedom = statistics.freedom();
        for (int k = 0; k < targets; k++) {
            float[] along = new float[used.length];
            // In units of the target, so that nothing of it is lost in single precision.
            double scale = Math.sqrt(statistics.scatter(features + k, features + k) / freedom);
            for (int i = 0; i < along.length; i++) {
                double product = statistics.scatter(used[i], features + k) / freedom;
                along[i] = scale > 0 ? (float) (factor[used[i]] * product / scale) : 0;
            }
            covariance.whiten(along);
            double[] direction = new double[along.length];
            Arrays.setAll(direction, i -> along[i]);
            covariance.solveUpper(direction);
            double bias = centre[features + k];
            for (int i = 0; i < direction.length; i++) {
                double weight = (1 - shrinkage) * scale * direction[i] * factor[used[i]];
                weights[k * features + used[i]] = (float) weight;
                bias -= weight * centre[used[i]];
            }
            biases[k] = (float) bias;
        }
        return new LinearFunctions(weights, biases);
    }

    /**
     * Linear functions of the features.
     *
     * @param weights (classes or targets, features)
     * @param biases of the classes or targets; negative infinity for a class of which nothing is known
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record LinearFunctions(float[] weights, float[] biases) {
        /**
         * Their values, row after row, (examples, classes or targets).
         *
         * @param rows (examples, features)
         * @param divisor of all values
         */
        public float[] of(float[] rows, double divisor) {
            int functions = biases.length;
            int width = weights.length / functions;
            int examples = rows.length / width;
            float[] values = new float[examples * functions];
            IntStream.range(0, examples).parallel().forEach(i -> {
                for (int k = 0; k < functions; k++) {
                    double sum = biases[k];
                    for (int f = 0; f < width; f++) {
                        sum += (double) weights[k * width + f] * rows[i * width + f];
                    }
                    values[i * functions + k] = (float) (sum / divisor);
                }
            });
            return values;
        }
    }

    private static double dot(float[] first, float[] second) {
        double sum = 0;
        for (int i = 0; i < Math.min(first.length, second.length); i++) {
            sum += (double) first[i] * second[i];
        }
        return sum;
    }
}
