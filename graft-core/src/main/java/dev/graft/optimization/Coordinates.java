package dev.graft.optimization;

import dev.graft.error.StoppedException;

/**
 * Coordinates of n rows in the space that they span, at most n for each row. A penalised regression depends on the rows'
 * inner products alone, so it gives the same predictions on them, at the cost of n features instead of however many.
 */
public final class Coordinates {
    private static final double RIDGE = 1e-7;

    private Coordinates() {}

    /**
     * The rows of the Cholesky factor of their inner products.
     *
     * @param products (n, n), row after row; overwritten
     * @param n the number of rows
     * @return (n, n), row after row, lower triangular
     * @throws StoppedException if the thread is interrupted
     */
    public static float[] of(double[] products, int n) {
        double trace = 0;
        for (int i = 0; i < n; i++) {
            trace += products[i * n + i];
        }
        // Rows may depend on each other, and the products come in float32.
        double ridge = RIDGE * Math.max(trace, 1e-30) + 1e-30;
        float[] factor = new float[n * n];
        for (int i = 0; i < n; i++) {
            StoppedException.throwIfInterrupted();
            for (int j = 0; j <= i; j++) {
                double rest = products[i * n + j] - dot(products, i * n, j * n, j);
                products[i * n + j] = i == j ? Math.sqrt(Math.max(rest, 0) + ridge) : rest / products[j * n + j];
                factor[i * n + j] = (float) products[i * n + j];
            }
        }
        return factor;
    }

    private static double dot(double[] values, int a, int b, int count) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = 0;
        for (; i + 3 < count; i += 4) {
            first += values[a + i] * values[b + i];
            second += values[a + i + 1] * values[b + i + 1];
            third += values[a + i + 2] * values[b + i + 2];
            fourth += values[a + i + 3] * values[b + i + 3];
        }
        for (; i < count; i++) {
            first += values[a + i] * values[b + i];
        }
        return first + second + third + fourth;
    }
}
