package dev.graft.transferability;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The singular values of a matrix of rows and how its left singular vectors lie to the classes: all that the scores need
 * of a singular value decomposition. It comes from the eigenvectors of the smaller Gram matrix, so that a matrix with many
 * rows costs no more than its width does, and the other way round.
 *
 * @param squares the squared singular values above rounding error, (rank)
 * @param projections the products of the left singular vectors and the classes' indicator vectors, (classes, rank)
 */
@SuppressWarnings("ArrayRecordComponent")
record Spectrum(double[] squares, double[][] projections) {
    private static final double ROUNDING = Math.ulp(1.0);
    private static final int BLOCK = 4;
    private static final int FEATURES = 64;

    static Spectrum of(LabeledRows rows) {
        boolean tall = rows.count() >= rows.width();
        int size = tall ? rows.width() : rows.count();
        SymmetricSpectrum gram = new SymmetricSpectrum(
                tall ? columns(rows) : pairs(rows), size, tall ? classSums(rows) : indicators(rows));
        double largest = Math.max(0, Arrays.stream(gram.values()).max().orElse(0));
        double rounding = largest * ROUNDING * Math.max(rows.count(), rows.width());
        int[] kept = IntStream.range(0, size)
                .filter(i -> gram.values()[i] > rounding)
                .toArray();
        double[] squares = new double[kept.length];
        double[][] projections = new double[rows.classes()][kept.length];
        for (int k = 0; k < kept.length; k++) {
            squares[k] = gram.values()[kept[k]];
            double scale = tall ? 1 / Math.sqrt(squares[k]) : 1;
            for (int c = 0; c < projections.length; c++) {
                projections[c][k] = scale * gram.projections()[c][kept[k]];
            }
        }
        return new Spectrum(squares, projections);
    }

    /** Transpose times rows, (width, width). */
    private static double[] columns(LabeledRows rows) {
        int width = rows.width();
        double[] gram = new double[Math.multiplyExact(width, width)];
        double[][] block = new double[BLOCK][width];
        for (int first = 0; first < rows.count(); first += BLOCK) {
            read(rows, first, block);
            for (int i = 0; i < width; i++) {
                double a = block[0][i];
                double b = block[1][i];
                double c = block[2][i];
                double d = block[3][i];
                int offset = i * width;
                for (int j = i; j < width; j++) {
                    gram[offset + j] += a * block[0][j] + b * block[1][j] + c * block[2][j] + d * block[3][j];
                }
            }
        }
        return mirrored(gram, width);
    }

    /** Rows times transpose, (rows, rows): the sum over the features of what each makes of all pairs, which a processor adds up side by side. */
    private static double[] pairs(LabeledRows rows) {
        int count = rows.count();
        int width = rows.width();
        double[] gram = new double[Math.multiplyExact(count, count)];
        double[][] features = new double[FEATURES][count];
        double[] row = new double[width];
        for (int first = 0; first < width; first += FEATURES) {
            int read = Math.min(FEATURES, width - first);
            for (int i = 0; i < count; i++) {
                rows.read(i, row);
                for (int f = 0; f < FEATURES; f++) {
                    features[f][i] = f < read ? row[first + f] : 0;
                }
            }
            for (int f = 0; f < read; f += BLOCK) {
                add(gram, count, features[f], features[f + 1], features[f + 2], features[f + 3]);
            }
        }
        return mirrored(gram, count);
    }

    private static void add(double[] gram, int count, double[] a, double[] b, double[] c, double[] d) {
        for (int i = 0; i < count; i++) {
            double one = a[i];
            double two = b[i];
            double three = c[i];
            double four = d[i];
            int offset = i * count;
            for (int j = i; j < count; j++) {
                gram[offset + j] += one * a[j] + two * b[j] + three * c[j] + four * d[j];
            }
        }
    }

    /** Reads some rows; what lies beyond the last is zero. */
    private static void read(LabeledRows rows, int first, double[][] block) {
        for (int i = 0; i < block.length; i++) {
            if (first + i < rows.count()) {
                rows.read(first + i, block[i]);
            } else {
                Arrays.fill(block[i], 0);
            }
        }
    }

    private static double[] mirrored(double[] upper, int size) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                upper[i * size + j] = upper[j * size + i];
            }
        }
        return upper;
    }

    private static double[][] classSums(LabeledRows rows) {
        double[][] sums = new double[rows.classes()][rows.width()];
        double[] row = new double[rows.width()];
        for (int i = 0; i < rows.count(); i++) {
            rows.read(i, row);
            double[] sum = sums[rows.labels()[i]];
            for (int f = 0; f < row.length; f++) {
                sum[f] += row[f];
            }
        }
        return sums;
    }

    private static double[][] indicators(LabeledRows rows) {
        double[][] indicators = new double[rows.classes()][rows.count()];
        for (int i = 0; i < rows.count(); i++) {
            indicators[rows.labels()[i]][i] = 1;
        }
        return indicators;
    }
}
