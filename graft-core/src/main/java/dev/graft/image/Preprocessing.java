package dev.graft.image;

import dev.graft.data.Image;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.Collections;
import java.util.List;

/**
 * How a backbone wants its images: resized, with one or three channels, and normalised to (sample / 255 - mean) / std.
 * It travels with the weights, because weights read images prepared in another way without complaint and get them
 * wrong.
 *
 * @param height rows of the input
 * @param width columns of the input
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param mean subtracted from each channel, on the scale 0 to 1
 * @param std divides each channel; positive
 */
public record Preprocessing(int height, int width, int channels, List<Float> mean, List<Float> std) {
    // ITU-R BT.601 luma, the conversion of most imaging libraries.
    private static final float RED = 0.299f;
    private static final float GREEN = 0.587f;
    private static final float BLUE = 0.114f;

    /**
     * Checks and copies.
     *
     * @throws SettingsException if sizes are not positive, channels are neither 1 nor 3, or mean and std do not fit
     */
    public Preprocessing {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        boolean sizes = height >= 1 && width >= 1 && (channels == 1 || channels == 3);
        boolean statistics = mean.size() == channels
                && std.size() == channels
                && mean.stream().allMatch(value -> Float.isFinite(value))
                && std.stream().allMatch(value -> Float.isFinite(value) && value > 0);
        if (!sizes || !statistics) {
            throw new SettingsException(Problem.of("A backbone's preprocessing does not make sense.")
                    .expected("positive sizes, 1 or 3 channels, a finite mean and a positive std for each channel")
                    .found(height + " x " + width + " x " + channels + ", mean " + mean + ", std " + std));
        }
    }

    /** Samples scaled to 0 to 1, nothing else. */
    public static Preprocessing unitRange(int height, int width, int channels) {
        return new Preprocessing(
                height, width, channels, Collections.nCopies(channels, 0f), Collections.nCopies(channels, 1f));
    }

    /** The number of values that {@link #apply} writes: height x width x channels. */
    public int elements() {
        return height * width * channels;
    }

    /**
     * Writes an image as (height, width, channels), channels innermost.
     *
     * @param image any size, one or three channels
     * @param target receives {@link #elements()} values
     * @param offset where the first value goes
     */
    public void apply(Image image, float[] target, int offset) {
        if (image.height() == height && image.width() == width && image.channels() == channels) {
            copy(image.pixels(), target, offset);
            return;
        }
        float[] samples = withChannels(image);
        float[] resized = Resize.bilinear(samples, image.height(), image.width(), channels, height, width);
        for (int i = 0; i < resized.length; i++) {
            target[offset + i] = normalize(resized[i], i % channels);
        }
    }

    private void copy(byte[] pixels, float[] target, int offset) {
        for (int i = 0; i < pixels.length; i++) {
            target[offset + i] = normalize(pixels[i] & 0xFF, i % channels);
        }
    }

    private float normalize(float sample, int channel) {
        return (sample / 255f - mean.get(channel)) / std.get(channel);
    }

    private float[] withChannels(Image image) {
        int places = image.height() * image.width();
        float[] samples = new float[places * channels];
        byte[] pixels = image.pixels();
        for (int place = 0; place < places; place++) {
            if (image.channels() == channels) {
                for (int c = 0; c < channels; c++) {
                    samples[place * channels + c] = pixels[place * channels + c] & 0xFF;
                }
            } else if (channels == 1) {
                samples[place] = RED * (pixels[place * 3] & 0xFF)
                        + GREEN * (pixels[place * 3 + 1] & 0xFF)
                        + BLUE * (pixels[place * 3 + 2] & 0xFF);
            } else {
                float grey = pixels[place] & 0xFF;
                samples[place * 3] = grey;
                samples[place * 3 + 1] = grey;
                samples[place * 3 + 2] = grey;
            }
        }
        return samples;
    }
}
