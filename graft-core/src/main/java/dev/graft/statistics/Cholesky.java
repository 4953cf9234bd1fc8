package dev.graft.statistics;

import java.util.stream.IntStream;

/** The factor of a positive definite matrix: A = UᵀU, U upper triangular. */
final class Cholesky {
    private static final int BLOCK = 32;
    private static final int LITTLE = 128;

    private final int width;
    private final float[][] rows;

    private Cholesky(int width, float[][] rows) {
        this.width = width;
        this.rows = rows;
    }

    /**
     * Factors a matrix in place.
     *
     * @param upper its rows, of which what lies from the diagonal on is read and overwritten
     */
    static Cholesky of(double[][] upper) {
        int width = upper.length;
        for (int first = 0; first < width; first += BLOCK) {
            int from = first;
            int to = Math.min(width, first + BLOCK);
            for (int k = from; k < to; k++) {
                divide(upper[k], k, width);
                for (int i = k + 1; i < to; i++) {
                    subtract(upper[i], upper[k][i], upper[k], i, width);
                }
            }
            IntStream rest = IntStream.range(to, width);
            // A row is one thread's alone: the factor does not depend on how many threads there are.
            (width - to > LITTLE ? rest.parallel() : rest).forEach(i -> {
                for (int k = from; k < to; k++) {
                    subtract(upper[i], upper[k][i], upper[k], i, width);
                }
            });
        }
        float[][] rows = new float[width][];
        for (int k = 0; k < width; k++) {
            rows[k] = new float[width - k];
            for (int j = k; j < width; j++) {
                rows[k][j - k] = (float) upper[k][j];
            }
        }
        return new Cholesky(width, rows);
    }

    private static void divide(double[] row, int k, int width) {
        double root = Math.sqrt(row[k]);
        for (int j = k; j < width; j++) {
            row[j] /= root;
        }
    }

    private static void subtract(double[] row, double factor, double[] other, int from, int width) {
        for (int j = from; j < width; j++) {
            row[j] -= factor * other[j];
        }
    }

    /** Solves Uᵀz = x in place: among z, lengths are those that the inverse of A gives to x. */
    void whiten(float[] x) {
        for (int k = 0; k < width; k++) {
            float[] row = rows[k];
            float value = x[k] / row[0];
            x[k] = value;
            for (int j = 1; j < row.length; j++) {
                x[k + j] -= value * row[j];
            }
        }
    }

    /** Solves Ux = z in place. */
    void solveUpper(double[] z) {
        for (int k = width - 1; k >= 0; k--) {
            double sum = z[k];
            float[] row = rows[k];
            for (int j = 1; j < row.length; j++) {
                sum -= row[j] * z[k + j];
            }
            z[k] = sum / row[0];
        }
    }
}
