package dev.graft.optimization;

import java.util.Arrays;

/** Rows in Java's memory, multiplied row by row. */
final class PlainMatrix implements DesignMatrix {
    private final float[] values;
    private final int width;

    PlainMatrix(float[] values, int width) {
        this.values = values;
        this.width = width;
    }

    @Override
    public int rows() {
        return values.length / width;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void multiply(double[] weights, int logits, double[] target) {
        for (int row = 0; row < rows(); row++) {
            for (int k = 0; k < logits; k++) {
                target[row * logits + k] = dot(weights, k * width, row * width);
            }
        }
    }

    /** Four sums at a time: one would wait for itself at every addition. */
    private double dot(double[] weights, int weight, int offset) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int f = 0;
        for (; f + 3 < width; f += 4) {
            a += weights[weight + f] * values[offset + f];
            b += weights[weight + f + 1] * values[offset + f + 1];
            c += weights[weight + f + 2] * values[offset + f + 2];
            d += weights[weight + f + 3] * values[offset + f + 3];
        }
        for (; f < width; f++) {
            a += weights[weight + f] * values[offset + f];
        }
        return a + b + c + d;
    }

    @Override
    public void multiplyTransposed(double[] residuals, int logits, double[] target) {
        Arrays.fill(target, 0, logits * width, 0);
        for (int row = 0; row < rows(); row++) {
            int offset = row * width;
            for (int k = 0; k < logits; k++) {
                double residual = residuals[row * logits + k];
                int weight = k * width;
                for (int f = 0; f < width; f++) {
                    target[weight + f] += residual * values[offset + f];
                }
            }
        }
    }

    @Override
    public double squaredLength() {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum;
    }

    @Override
    public void close() {}
}
