package dev.graft.optimization;

import java.util.Arrays;

/** Rows of which only what is not zero is kept and multiplied; for counts of words. */
public final class SparseMatrix implements DesignMatrix {
    private final int[][] places;
    private final float[][] values;
    private final int width;

    /**
     * Keeps the rows, which must not change.
     *
     * @param places of each row the features that are not zero
     * @param values what stands there
     * @param width features in a row
     */
    public SparseMatrix(int[][] places, float[][] values, int width) {
        this.places = places;
        this.values = values;
        this.width = width;
    }

    @Override
    public int rows() {
        return places.length;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void multiply(double[] weights, int logits, double[] target) {
        for (int row = 0; row < places.length; row++) {
            for (int k = 0; k < logits; k++) {
                double sum = 0;
                for (int i = 0; i < places[row].length; i++) {
                    sum += weights[k * width + places[row][i]] * values[row][i];
                }
                target[row * logits + k] = sum;
            }
        }
    }

    @Override
    public void multiplyTransposed(double[] residuals, int logits, double[] target) {
        Arrays.fill(target, 0, logits * width, 0);
        for (int row = 0; row < places.length; row++) {
            for (int k = 0; k < logits; k++) {
                double residual = residuals[row * logits + k];
                for (int i = 0; i < places[row].length; i++) {
                    target[k * width + places[row][i]] += residual * values[row][i];
                }
            }
        }
    }

    @Override
    public double squaredLength() {
        double sum = 0;
        for (float[] row : values) {
            for (float value : row) {
                sum += (double) value * value;
            }
        }
        return sum;
    }

    /** Some of the rows. */
    public SparseMatrix subset(int[] chosen) {
        return new SparseMatrix(
                Arrays.stream(chosen).mapToObj(row -> places[row]).toArray(int[][]::new),
                Arrays.stream(chosen).mapToObj(row -> values[row]).toArray(float[][]::new),
                width);
    }

    @Override
    public void close() {}
}
