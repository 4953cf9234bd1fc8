package dev.graft.image;

import dev.graft.data.Image;
import java.util.Arrays;

/**
 * Resizing with an antialiased filter, applied along one axis and then the other, as Pillow does it: on demand with
 * Pillow's rounding to 8 bits after each pass, else in floats. Only the window that is asked for is computed.
 */
final class Resize {
    /** The most samples that a picture between the two passes may have: 64 MiB. */
    private static final long LARGEST_BETWEEN = 16L << 20;

    private final Image image;
    private final int newHeight;
    private final int newWidth;
    private final Interpolation interpolation;
    private final boolean rounded;

    /** Prepares to resize an image to newHeight x newWidth in floats. */
    Resize(Image image, int newHeight, int newWidth, Interpolation interpolation) {
        this(image, newHeight, newWidth, interpolation, false);
    }

    /**
     * Prepares to resize an image to newHeight x newWidth.
     *
     * @param rounded whether to round to 8 bits after each pass
     */
    Resize(Image image, int newHeight, int newWidth, Interpolation interpolation, boolean rounded) {
        this.image = image;
        this.newHeight = newHeight;
        this.newWidth = newWidth;
        this.interpolation = interpolation;
        this.rounded = rounded;
    }

    /** The height and width at which the shorter side has a given length, as torchvision computes them. */
    static int[] byShorterSide(int height, int width, int length) {
        long longer = Math.min(Integer.MAX_VALUE, (long) length * Math.max(height, width) / Math.min(height, width));
        return width <= height ? new int[] {(int) longer, length} : new int[] {length, (int) longer};
    }

    /**
     * Computes a part of the resized image.
     *
     * @return samples as (height, width, channels), 0 to 255
     */
    float[] window(int top, int left, int height, int width) {
        if (image.height() == newHeight && image.width() == newWidth) {
            return copied(top, left, height, width);
        }
        ResizeFilter rows = ResizeFilter.of(interpolation, image.height(), newHeight, top, height);
        ResizeFilter columns = ResizeFilter.of(interpolation, image.width(), newWidth, left, width);
        // The usual order; the other bounds the memory of long, thin images.
        return (long) rows.span() * width * image.channels() <= LARGEST_BETWEEN
                ? horizontalFirst(rows, columns)
                : verticalFirst(rows, columns);
    }

    private float[] copied(int top, int left, int height, int width) {
        int rowLength = width * image.channels();
        float[] result = new float[height * rowLength];
        for (int y = 0; y < height; y++) {
            read(top + y, left, result, y * rowLength, rowLength);
        }
        return result;
    }

    private float[] horizontalFirst(ResizeFilter rows, ResizeFilter columns) {
        int channels = image.channels();
        int rowLength = columns.count() * channels;
        float[] between = new float[rows.span() * rowLength];
        for (int y = 0; y < rows.span(); y++) {
            int from = ((rows.begin() + y) * image.width() + columns.begin()) * channels;
            columns.acrossRow(image.pixels(), from, channels, between, y * rowLength);
        }
        settle(between);
        float[] result = new float[rows.count() * rowLength];
        double[] sums = new double[rowLength];
        for (int y = 0; y < rows.count(); y++) {
            float[] weights = rows.weights(y);
            Arrays.fill(sums, 0);
            for (int i = 0; i < weights.length; i++) {
                add(weights[i], between, (rows.first(y) - rows.begin() + i) * rowLength, sums);
            }
            store(sums, result, y * rowLength);
        }
        settle(result);
        return result;
    }

    private float[] verticalFirst(ResizeFilter rows, ResizeFilter columns) {
        int channels = image.channels();
        float[] source = new float[columns.span() * channels];
        float[] between = new float[source.length];
        double[] sums = new double[source.length];
        float[] result = new float[rows.count() * columns.count() * channels];
        for (int y = 0; y < rows.count(); y++) {
            float[] weights = rows.weights(y);
            Arrays.fill(sums, 0);
            for (int i = 0; i < weights.length; i++) {
                read(rows.first(y) + i, columns.begin(), source, 0, source.length);
                add(weights[i], source, 0, sums);
            }
            store(sums, between, 0);
            settle(between);
            columns.acrossRow(between, channels, result, y * columns.count() * channels);
        }
        settle(result);
        return result;
    }

    /** Reads a part of one of the image's rows. */
    private void read(int row, int column, float[] target, int offset, int samples) {
        byte[] pixels = image.pixels();
        int from = (row * image.width() + column) * image.channels();
        for (int i = 0; i < samples; i++) {
            target[offset + i] = pixels[from + i] & 0xFF;
        }
    }

    private static void add(double weight, float[] samples, int offset, double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * samples[offset + i];
        }
    }

    private static void store(double[] sums, float[] target, int offset) {
        for (int i = 0; i < sums.length; i++) {
            target[offset + i] = (float) sums[i];
        }
    }

    private void settle(float[] samples) {
        if (interpolation.overshoots()) {
            for (int i = 0; i < samples.length; i++) {
                samples[i] = Math.min(255f, Math.max(0f, samples[i]));
            }
        }
        if (rounded) {
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (int) (samples[i] + 0.5f);
            }
        }
    }
}
