package dev.graft.curation;

import dev.graft.engine.EngineMatrix;
import dev.graft.optimization.DesignMatrix;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * K-means on vectors of length 1 (Lloyd 1982), begun with centres far from each other (k-means++, Arthur and Vassilvitskii 2007); the
 * best of a few beginnings.
 */
final class KMeans {
    private static final int BEGINNINGS = 3;
    private static final int MOST_ROUNDS = 50;

    private final float[] vectors;
    private final int width;
    private final int count;
    private final int clusters;

    private KMeans(float[] vectors, int width, int clusters) {
        this.vectors = vectors;
        this.width = width;
        this.count = vectors.length / width;
        this.clusters = clusters;
    }

    /**
     * Divides vectors into clusters.
     *
     * @param vectors (examples, width), each of length 1
     * @param clusters how many, of which some are empty if fewer vectors differ
     * @return the cluster of each vector, 0 to {@code clusters - 1}
     */
    static int[] of(float[] vectors, int width, int clusters, long seed) {
        KMeans means = new KMeans(vectors, width, clusters);
        SplittableRandom random = new SplittableRandom(seed);
        Solution best = null;
        try (DesignMatrix rows = EngineMatrix.single(vectors, width)) {
            for (int i = 0; i < BEGINNINGS; i++) {
                Solution found = means.solve(rows, random);
                best = best == null || found.closeness() > best.closeness() ? found : best;
            }
        }
        return best == null ? new int[0] : best.assigned();
    }

    /** Where each vector belongs, and the sum of the products with the centres, which rises as the distances fall. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Solution(int[] assigned, double closeness) {}

    private Solution solve(DesignMatrix rows, SplittableRandom random) {
        double[] centers = begin(rows, random);
        int[] assigned = new int[count];
        Arrays.fill(assigned, -1);
        double[] products = new double[count * clusters];
        for (int round = 0; ; round++) {
            rows.multiply(centers, clusters, products);
            double closeness = 0;
            boolean moved = false;
            for (int i = 0; i < count; i++) {
                int nearest = nearest(products, i, centers);
                moved |= nearest != assigned[i];
                assigned[i] = nearest;
                closeness += products[i * clusters + nearest];
            }
            if (!moved || round == MOST_ROUNDS) {
                return new Solution(assigned, closeness);
            }
            centers = means(assigned, centers);
        }
    }

    /** Of centres that are not of length 1 the nearest is not the one with the largest product. */
    private int nearest(double[] products, int example, double[] centers) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < clusters; k++) {
            double distance = centers[clusters * width + k] - 2 * products[example * clusters + k];
            if (distance < least) {
                least = distance;
                best = k;
            }
        }
        return best;
    }

    /** Centres, (clusters, width), and behind them their squared lengths; an empty cluster keeps its centre. */
    private double[] means(int[] assigned, double[] before) {
        double[] centers = new double[clusters * (width + 1)];
        int[] sizes = new int[clusters];
        for (int i = 0; i < count; i++) {
            int start = assigned[i] * width;
            for (int f = 0; f < width; f++) {
                centers[start + f] += vectors[i * width + f];
            }
            sizes[assigned[i]]++;
        }
        for (int k = 0; k < clusters; k++) {
            double squares = 0;
            for (int f = k * width; f < (k + 1) * width; f++) {
                centers[f] = sizes[k] == 0 ? before[f] : centers[f] / sizes[k];
                squares += centers[f] * centers[f];
            }
            centers[clusters * width + k] = squares;
        }
        return centers;
    }

    /** Each next centre is a vector drawn with a probability that grows with its squared distance from the centres so far. */
    private double[] begin(DesignMatrix rows, SplittableRandom random) {
        double[] centers = new double[clusters * (width + 1)];
        double[] distances = new double[count];
        Arrays.fill(distances, 1);
        double[] products = new double[count];
        for (int k = 0; k < clusters; k++) {
            int chosen = draw(distances, random);
            for (int f = 0; f < width; f++) {
                centers[k * width + f] = vectors[chosen * width + f];
            }
            double[] center = Arrays.copyOfRange(centers, k * width, (k + 1) * width);
            rows.multiply(center, 1, products);
            centers[clusters * width + k] =
                    Arrays.stream(center).map(x -> x * x).sum();
            for (int i = 0; i < count; i++) {
                double distance = Math.max(0, 2 - 2 * products[i]);
                distances[i] = k == 0 ? distance : Math.min(distances[i], distance);
            }
        }
        return centers;
    }

    private static int draw(double[] weights, SplittableRandom random) {
        double left = random.nextDouble() * Arrays.stream(weights).sum();
        for (int i = 0; i < weights.length; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return random.nextInt(weights.length);
    }
}
