package dev.graft.statistics;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How many examples of each class were seen, the means of their features, and the scatter of all features about the means of
 * their own classes. Statistics of several sets of examples add up to those of all of them, in any order, but for rounding (Chan,
 * Golub and LeVeque, "Updating Formulae and a Pairwise Algorithm for Computing Sample Variances", 1983). Immutable.
 */
public final class ClassStatistics {
    private static final int ROWS_AT_ONCE = 8;

    private final int width;
    private final long[] counts;
    private final double[] means;
    private final double[] scatter;

    private ClassStatistics(int width, long[] counts, double[] means, double[] scatter) {
        this.width = width;
        this.counts = counts;
        this.means = means;
        this.scatter = scatter;
    }

    /**
     * Statistics as they were written down.
     *
     * @param counts the number of examples of each class, at least one of them above 0
     * @param means (classes, features)
     * @param scatter the sum of the products of deviations from the class's mean, row after row of the upper triangle with its
     *     diagonal: features x (features + 1) / 2
     * @throws SettingsException if their lengths do not fit each other, a count is negative, or a value is no finite number
     */
    public static ClassStatistics of(long[] counts, float[] means, float[] scatter) {
        return of(counts, doubles(means), doubles(scatter));
    }

    /**
     * Statistics that were summed up elsewhere, such as on many machines.
     *
     * @param counts the number of examples of each class, at least one of them above 0
     * @param means (classes, features)
     * @param scatter the sum of the products of deviations from the class's mean, row after row of the upper triangle with its
     *     diagonal: features x (features + 1) / 2
     * @throws SettingsException if their lengths do not fit each other, a count is negative, or a value is no finite number
     */
    public static ClassStatistics of(long[] counts, double[] means, double[] scatter) {
        int classes = counts.length;
        int width = classes == 0 ? 0 : means.length / classes;
        long triangle = (long) width * (width + 1) / 2;
        boolean shapes = width > 0 && means.length == classes * width && scatter.length == triangle;
        if (!shapes || Arrays.stream(counts).anyMatch(count -> count < 0) || !finite(means) || !finite(scatter)) {
            throw new SettingsException(Problem.of("Statistics of classes do not fit each other.")
                    .expected(
                            "counts of at least 0, (classes, features) means and features x (features + 1) / 2 values of scatter, all"
                                    + " finite")
                    .found(classes + " classes, " + means.length + " values of means, " + scatter.length
                            + " of scatter"));
        }
        return new ClassStatistics(width, counts.clone(), means.clone(), scatter.clone());
    }

    /**
     * Statistics of labelled rows.
     *
     * @param rows (examples, features), row after row
     * @param width the number of features
     * @param labels the class of each row
     * @param classes the number of classes, some of which may have no example
     */
    public static ClassStatistics of(float[] rows, int width, int[] labels, int classes) {
        long[] counts = new long[classes];
        double[] means = new double[classes * width];
        for (int i = 0; i < labels.length; i++) {
            counts[labels[i]]++;
            for (int f = 0; f < width; f++) {
                means[labels[i] * width + f] += rows[i * width + f];
            }
        }
        for (int i = 0; i < means.length; i++) {
            means[i] /= Math.max(1, counts[i / width]);
        }
        double[] centred = new double[labels.length * width];
        for (int i = 0; i < centred.length; i++) {
            centred[i] = rows[i] - means[labels[i / width] * width + i % width];
        }
        return new ClassStatistics(width, counts, means, products(centred, width));
    }

    /** The sums of products of the columns of some rows, the upper triangle row after row. */
    private static double[] products(double[] rows, int width) {
        double[] sums = new double[width * (width + 1) / 2];
        int count = rows.length / width;
        // Each row of the triangle is one thread's alone, so that the sums do not depend on how many threads there are.
        IntStream.range(0, width).parallel().forEach(i -> {
            int start = start(i, width) - i;
            for (int first = 0; first < count; first += ROWS_AT_ONCE) {
                for (int row = first; row < Math.min(count, first + ROWS_AT_ONCE); row++) {
                    double value = rows[row * width + i];
                    int offset = row * width;
                    for (int j = i; j < width; j++) {
                        sums[start + j] += value * rows[offset + j];
                    }
                }
            }
        });
        return sums;
    }

    /** Where a row of the upper triangle begins. */
    private static int start(int row, int width) {
        return row * width - row * (row - 1) / 2;
    }

    /** The number of classes. */
    public int classes() {
        return counts.length;
    }

    /** The number of features. */
    public int width() {
        return width;
    }

    /** The number of examples of each class. */
    public long[] counts() {
        return counts.clone();
    }

    /** The number of all examples. */
    public long examples() {
        return Arrays.stream(counts).sum();
    }

    /** The means as float32, (classes, features). */
    public float[] means() {
        return floats(means);
    }

    /** The scatter within the classes as float32, row after row of the upper triangle with its diagonal. */
    public float[] scatter() {
        return floats(scatter);
    }

    double mean(int label, int feature) {
        return means[label * width + feature];
    }

    /** The scatter of two features, the first not behind the second. */
    double scatter(int first, int second) {
        return scatter[start(first, width) + second - first];
    }

    /** The mean of all examples, feature by feature. */
    double[] mean() {
        double[] all = new double[width];
        double examples = examples();
        for (int i = 0; i < means.length; i++) {
            all[i % width] += means[i] * counts[i / width] / examples;
        }
        return all;
    }

    /**
     * The statistics of the examples of both.
     *
     * @param other of the same classes and features
     * @throws SettingsException if it is of others
     */
    public ClassStatistics plus(ClassStatistics other) {
        if (other.classes() != classes() || other.width != width) {
            throw new SettingsException(Problem.of("Statistics of different classes or features do not add up.")
                    .expected(classes() + " classes, " + width + " features")
                    .found(other.classes() + " classes, " + other.width + " features"));
        }
        long[] sums = new long[counts.length];
        double[] together = new double[means.length];
        double[] products = scatter.clone();
        for (int i = 0; i < products.length; i++) {
            products[i] += other.scatter[i];
        }
        double[] apart = new double[width];
        for (int k = 0; k < counts.length; k++) {
            sums[k] = counts[k] + other.counts[k];
            if (sums[k] == 0) {
                continue;
            }
            double share = (double) other.counts[k] / sums[k];
            for (int f = 0; f < width; f++) {
                apart[f] = other.means[k * width + f] - means[k * width + f];
                together[k * width + f] = means[k * width + f] + share * apart[f];
            }
            addProducts(products, apart, share * counts[k]);
        }
        return new ClassStatistics(width, sums, together, products);
    }

    private void addProducts(double[] products, double[] vector, double weight) {
        for (int i = 0; weight > 0 && i < width; i++) {
            int start = start(i, width) - i;
            double value = weight * vector[i];
            for (int j = i; j < width; j++) {
                products[start + j] += value * vector[j];
            }
        }
    }

    /**
     * The statistics of other classes, by where each is found among these. The scatter was never kept by class: of classes left
     * out, it goes with the examples in proportion, so that the covariance stays what it was.
     *
     * @param places for each class its label here, no label twice; -1 for a class of which nothing is known
     */
    public ClassStatistics withClasses(int[] places) {
        long[] chosen = new long[places.length];
        double[] moved = new double[places.length * width];
        for (int k = 0; k < places.length; k++) {
            if (places[k] >= 0) {
                chosen[k] = counts[places[k]];
                System.arraycopy(means, places[k] * width, moved, k * width, width);
            }
        }
        double before = freedom(counts);
        double factor = before == 0 ? 1 : freedom(chosen) / before;
        double[] products = Arrays.stream(scatter).map(value -> value * factor).toArray();
        return new ClassStatistics(width, chosen, moved, products);
    }

    /**
     * Statistics of other columns.
     *
     * @param places for each column its place here; -1 for one that was 0 for every example
     */
    public ClassStatistics withColumns(int[] places) {
        double[] moved = new double[counts.length * places.length];
        double[] products = new double[places.length * (places.length + 1) / 2];
        int next = 0;
        for (int i = 0; i < places.length; i++) {
            for (int k = 0; places[i] >= 0 && k < counts.length; k++) {
                moved[k * places.length + i] = means[k * width + places[i]];
            }
            for (int j = i; j < places.length; j++) {
                boolean known = places[i] >= 0 && places[j] >= 0;
                products[next++] = known ? scatter(Math.min(places[i], places[j]), Math.max(places[i], places[j])) : 0;
            }
        }
        return new ClassStatistics(places.length, counts.clone(), moved, products);
    }

    /** Whether some class has two examples, and they differ: without that there are no distances. */
    public boolean varies() {
        for (int f = 0; f < width; f++) {
            if (scatter(f, f) > 0) {
                return freedom() > 0;
            }
        }
        return false;
    }

    /** How many examples are free to differ from the means of their classes. */
    double freedom() {
        return freedom(counts);
    }

    private static double freedom(long[] counts) {
        return Arrays.stream(counts).map(count -> Math.max(0, count - 1)).sum();
    }

    private static boolean finite(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static double[] doubles(float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return wide;
    }

    private static float[] floats(double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }
}
