package dev.graft.spark;

import dev.graft.statistics.ClassStatistics;
import dev.graft.storage.Digests;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Counts, sums and sums of products of rounded features, in whole numbers: exact, so that rows give the same sums in whatever order and
 * on however many machines they are added. Not safe for use by several threads.
 */
final class FeatureSums implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int ROWS_AT_ONCE = 16;
    private static final int LOW_BITS = 60;
    private static final long FULL = 1L << 62;

    private final FeatureGrid grid;
    private final long[] counts;
    private final long[] sums;
    // A sum of products is high x 2^60 + low.
    private final long[] low;
    private final int[] high;
    private long skipped;
    private long outside;
    private transient double[][] waiting;
    private transient int waitingRows;

    FeatureSums(FeatureGrid grid, int classes) {
        this.grid = grid;
        int width = grid.width();
        this.counts = new long[classes];
        this.sums = new long[classes * width];
        this.low = new long[width * (width + 1) / 2];
        this.high = new int[low.length];
        this.waiting = new double[0][];
    }

    /** How many bytes the sums of so many features take on a heap, with what is sent. */
    static long bytes(int width, int classes) {
        long products = (long) width * (width + 1) / 2;
        return 2 * (products * (Long.BYTES + Integer.BYTES) + (long) classes * width * Long.BYTES);
    }

    /** Counts a row that has no features or no label. */
    void skip() {
        skipped++;
    }

    /** Adds a row. */
    void add(double[] row, int label) {
        if (waiting == null || waiting.length == 0) {
            waiting = new double[ROWS_AT_ONCE][grid.width()];
        }
        double[] rounded = waiting[waitingRows];
        outside += grid.round(row, rounded);
        counts[label]++;
        int start = label * rounded.length;
        for (int f = 0; f < rounded.length; f++) {
            sums[start + f] += (long) rounded[f];
        }
        waitingRows++;
        if (waitingRows == ROWS_AT_ONCE) {
            addProducts();
        }
    }

    /** Adds the products of the rows that wait. To be called after the last row. */
    FeatureSums complete() {
        addProducts();
        return this;
    }

    private void addProducts() {
        int width = grid.width();
        double[] products = new double[width];
        int place = 0;
        for (int i = 0; i < width && waitingRows > 0; i++) {
            Arrays.fill(products, i, width, 0);
            for (int row = 0; row < waitingRows; row++) {
                double[] values = waiting[row];
                double value = values[i];
                for (int j = i; j < width; j++) {
                    products[j] += value * values[j];
                }
            }
            for (int j = i; j < width; j++) {
                add(place++, (long) products[j], 0);
            }
        }
        waitingRows = 0;
    }

    private void add(int place, long lower, int higher) {
        long sum = low[place] + lower;
        int carried = higher;
        if (sum >= FULL || sum <= -FULL) {
            long over = sum >> LOW_BITS;
            carried += (int) over;
            sum -= over << LOW_BITS;
        }
        low[place] = sum;
        high[place] += carried;
    }

    /** Adds all rows of other sums, which are complete as these are, to these. */
    FeatureSums plus(FeatureSums other) {
        for (int k = 0; k < counts.length; k++) {
            counts[k] += other.counts[k];
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.sums[i];
        }
        for (int i = 0; i < low.length; i++) {
            add(i, other.low[i], other.high[i]);
        }
        skipped += other.skipped;
        outside += other.outside;
        return this;
    }

    /** How many rows had no features or no label. */
    long skipped() {
        return skipped;
    }

    /** How many features were brought in to the edge of the grid. */
    long outside() {
        return outside;
    }

    /** How many rows were added. */
    long rows() {
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        return all;
    }

    /** SHA-256 of all sums: equal for equal rows. */
    String digest() {
        MessageDigest sha = Digests.sha256();
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * 2);
        for (long[] numbers : new long[][] {counts, sums}) {
            for (long number : numbers) {
                sha.update(bytes.clear().putLong(number).flip());
            }
        }
        for (int i = 0; i < low.length; i++) {
            // Equal sums may be carried differently.
            long whole = high[i] + (low[i] >> LOW_BITS);
            long rest = low[i] & ((1L << LOW_BITS) - 1);
            sha.update(bytes.clear().putLong(whole).putLong(rest).flip());
        }
        return Digests.hex(sha);
    }

    /** Counts, means and the scatter within the classes. */
    ClassStatistics statistics() {
        int width = grid.width();
        double[] means = new double[sums.length];
        for (int k = 0; k < counts.length; k++) {
            for (int f = 0; f < width; f++) {
                double mean = counts[k] == 0 ? 0 : (double) sums[k * width + f] / (double) counts[k];
                means[k * width + f] = counts[k] == 0 ? 0 : grid.centre(f) + grid.unit(f) * mean;
            }
        }
        double[] scatter = new double[low.length];
        int place = 0;
        for (int i = 0; i < width; i++) {
            for (int j = i; j < width; j++) {
                double all = sum(place);
                for (int k = 0; k < counts.length; k++) {
                    all -= (double) sums[k * width + i]
                            * (double) sums[k * width + j]
                            / (double) Math.max(1, counts[k]);
                }
                // Less than nothing is what rounding leaves of a feature that does not vary.
                scatter[place++] = (i == j ? Math.max(0, all) : all) * grid.unit(i) * grid.unit(j);
            }
        }
        return ClassStatistics.of(counts, means, scatter);
    }

    private double sum(int place) {
        long carried = low[place] >> LOW_BITS;
        long rest = low[place] - (carried << LOW_BITS);
        return Math.scalb((double) (high[place] + carried), LOW_BITS) + (double) rest;
    }
}
