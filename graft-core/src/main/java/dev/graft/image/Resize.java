package dev.graft.image;

/**
 * Resizing with an antialiased bilinear filter: a triangle as wide as the scale, applied along each axis, as
 * Pillow's {@code BILINEAR} does it. Where Pillow rounds to 8 bits after each pass, this keeps floats.
 */
final class Resize {
    private Resize() {}

    /**
     * Resizes samples given as (height, width, channels).
     *
     * @return samples as (newHeight, newWidth, channels)
     */
    static float[] bilinear(float[] samples, int height, int width, int channels, int newHeight, int newWidth) {
        // Both orders give the same; the smaller picture in between bounds the memory of long, thin images.
        if ((long) height * newWidth <= (long) newHeight * width) {
            float[] between = horizontal(samples, height, width, channels, newWidth);
            return vertical(between, height, newWidth, channels, newHeight);
        }
        float[] between = vertical(samples, height, width, channels, newHeight);
        return horizontal(between, newHeight, width, channels, newWidth);
    }

    private static float[] horizontal(float[] samples, int height, int width, int channels, int newWidth) {
        if (width == newWidth) {
            return samples;
        }
        Filter filter = Filter.of(width, newWidth);
        float[] result = new float[height * newWidth * channels];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < newWidth; column++) {
                for (int c = 0; c < channels; c++) {
                    result[(row * newWidth + column) * channels + c] =
                            filter.at(column, samples, row * width * channels + c, channels);
                }
            }
        }
        return result;
    }

    private static float[] vertical(float[] samples, int height, int width, int channels, int newHeight) {
        if (height == newHeight) {
            return samples;
        }
        Filter filter = Filter.of(height, newHeight);
        int rowLength = width * channels;
        float[] result = new float[newHeight * rowLength];
        for (int row = 0; row < newHeight; row++) {
            for (int i = 0; i < rowLength; i++) {
                result[row * rowLength + i] = filter.at(row, samples, i, rowLength);
            }
        }
        return result;
    }

    /** For each output place, the first input place it reads and the weights of those from there on. */
    private static final class Filter {
        private final int[] first;
        private final float[][] weights;

        private Filter(int[] first, float[][] weights) {
            this.first = first;
            this.weights = weights;
        }

        static Filter of(int size, int newSize) {
            double scale = (double) size / newSize;
            double reach = Math.max(scale, 1.0);
            int[] first = new int[newSize];
            float[][] weights = new float[newSize][];
            for (int i = 0; i < newSize; i++) {
                double center = (i + 0.5) * scale;
                int from = Math.max(0, (int) (center - reach + 0.5));
                int to = Math.min(size, (int) (center + reach + 0.5));
                first[i] = from;
                weights[i] = triangle(from, to, center, reach);
            }
            return new Filter(first, weights);
        }

        private static float[] triangle(int from, int to, double center, double reach) {
            double[] raw = new double[to - from];
            double sum = 0;
            for (int j = from; j < to; j++) {
                raw[j - from] = Math.max(0, 1 - Math.abs((j - center + 0.5) / reach));
                sum += raw[j - from];
            }
            float[] weights = new float[raw.length];
            for (int j = 0; j < raw.length; j++) {
                weights[j] = (float) (raw[j] / sum);
            }
            return weights;
        }

        float at(int place, float[] samples, int offset, int step) {
            float[] factors = weights[place];
            double sum = 0;
            int index = offset + first[place] * step;
            for (float factor : factors) {
                sum += (double) factor * samples[index];
                index += step;
            }
            return (float) sum;
        }
    }
}
