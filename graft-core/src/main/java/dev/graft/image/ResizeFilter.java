package dev.graft.image;

import java.util.Arrays;

/**
 * For each output place of a window along one axis, the first input place it reads and the weights of those from there
 * on; twice, since whole numbers are much quicker where the input is bytes.
 */
final class ResizeFilter {
    /** Sums of 255 times all weights, negative ones too, stay below 2^31. */
    private static final int FRACTION_BITS = 22;

    private static final float STEP = 1f / (1 << FRACTION_BITS);

    private final int[] starts;
    private final float[][] factors;
    private final int[][] fixed;

    private ResizeFilter(int[] starts, float[][] factors, int[][] fixed) {
        this.starts = starts;
        this.factors = factors;
        this.fixed = fixed;
    }

    static ResizeFilter of(Interpolation interpolation, int size, int newSize, int from, int count) {
        double scale = (double) size / newSize;
        double stretch = Math.max(scale, 1.0);
        double reach = interpolation.reach() * stretch;
        int[] starts = new int[count];
        float[][] factors = new float[count][];
        int[][] fixed = new int[count][];
        for (int i = 0; i < count; i++) {
            double center = (from + i + 0.5) * scale;
            starts[i] = Math.max(0, (int) (center - reach + 0.5));
            int end = Math.min(size, (int) (center + reach + 0.5));
            double[] raw = new double[end - starts[i]];
            for (int j = 0; j < raw.length; j++) {
                raw[j] = interpolation.weight((starts[i] + j - center + 0.5) / stretch);
            }
            double sum = Arrays.stream(raw).sum();
            factors[i] = new float[raw.length];
            fixed[i] = new int[raw.length];
            for (int j = 0; j < raw.length; j++) {
                factors[i][j] = (float) (raw[j] / sum);
                fixed[i][j] = (int) Math.rint(raw[j] / sum * (1 << FRACTION_BITS));
            }
            // What rounding lost goes to the middle, so that a plain picture keeps its level.
            fixed[i][raw.length / 2] +=
                    (1 << FRACTION_BITS) - Arrays.stream(fixed[i]).sum();
        }
        return new ResizeFilter(starts, factors, fixed);
    }

    int count() {
        return starts.length;
    }

    int first(int place) {
        return starts[place];
    }

    float[] weights(int place) {
        return factors[place];
    }

    /** The first input place that any output place reads. */
    int begin() {
        return starts[0];
    }

    /** How many input places there are from the first that is read to the last. */
    int span() {
        int last = starts.length - 1;
        return starts[last] + factors[last].length - starts[0];
    }

    /** Filters a row of bytes, of which {@code from} is the first of {@link #begin()}. */
    void acrossRow(byte[] row, int from, int channels, float[] target, int offset) {
        int to = offset;
        for (int place = 0; place < starts.length; place++) {
            int[] weights = fixed[place];
            int at = from + (starts[place] - starts[0]) * channels;
            if (channels == 3) {
                int red = 0;
                int green = 0;
                int blue = 0;
                for (int weight : weights) {
                    red += weight * (row[at] & 0xFF);
                    green += weight * (row[at + 1] & 0xFF);
                    blue += weight * (row[at + 2] & 0xFF);
                    at += 3;
                }
                target[to] = red * STEP;
                target[to + 1] = green * STEP;
                target[to + 2] = blue * STEP;
            } else {
                int sum = 0;
                for (int weight : weights) {
                    sum += weight * (row[at++] & 0xFF);
                }
                target[to] = sum * STEP;
            }
            to += channels;
        }
    }

    /** Filters one row whose first place is {@link #begin()}. */
    void acrossRow(float[] row, int channels, float[] target, int offset) {
        int to = offset;
        for (int place = 0; place < starts.length; place++) {
            float[] weights = factors[place];
            int from = (starts[place] - starts[0]) * channels;
            for (int channel = 0; channel < channels; channel++) {
                double sum = 0;
                for (int i = 0, at = from + channel; i < weights.length; i++, at += channels) {
                    sum += (double) weights[i] * row[at];
                }
                target[to++] = (float) sum;
            }
        }
    }
}
