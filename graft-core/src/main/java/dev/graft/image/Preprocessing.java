package dev.graft.image;

import dev.graft.data.Image;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.preparation.Preparation;
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
 * @param fit how an image of another size becomes height x width
 */
public record Preprocessing(int height, int width, int channels, List<Float> mean, List<Float> std, ResizeMode fit)
        implements Preparation {
    /** What an image of another size undergoes where nothing else is said: stretched, bilinear. */
    public static final ResizeMode DEFAULT_FIT = new ResizeMode.Stretch(Interpolation.BILINEAR);

    // The statistics of ImageNet's training images, as torchvision and timm state them beside their weights.
    private static final List<Float> IMAGENET_MEAN = List.of(0.485f, 0.456f, 0.406f);
    private static final List<Float> IMAGENET_STD = List.of(0.229f, 0.224f, 0.225f);

    // Far above what any of the networks is used with; keeps an image's values within memory.
    private static final int LARGEST_SIDE = 4096;
    // An image is resized to this many times the input's size at most, before the rest is cut off.
    private static final int LARGEST_CROP = 4;
    // ITU-R BT.601 luma, the conversion of most imaging libraries.
    private static final float RED = 0.299f;
    private static final float GREEN = 0.587f;
    private static final float BLUE = 0.114f;

    /**
     * Checks and copies.
     *
     * @throws SettingsException if sizes are not from 1 to 4096, channels are neither 1 nor 3, mean and std do not fit, or the
     *     input is larger than what it is cut from, or less than a quarter of it
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
        requireReasonable(height, width, fit);
    }

    private static void requireReasonable(int height, int width, ResizeMode fit) {
        int longer = Math.max(height, width);
        if (longer > LARGEST_SIDE) {
            throw new SettingsException(Problem.of("A backbone's input is too large.")
                    .expected("at most " + LARGEST_SIDE + " rows and columns")
                    .found(height + " x " + width));
        }
        if (fit instanceof ResizeMode.CenterCrop crop
                && (crop.shorterSide() < longer || crop.shorterSide() > LARGEST_CROP * longer)) {
            throw new SettingsException(Problem.of("A centre crop does not fit the image it is cut from.")
                    .expected("a shorter side from " + longer + " to " + LARGEST_CROP * longer)
                    .found(crop.shorterSide()));
        }
    }

    /** Makes a preprocessing that stretches images of another size, by the {@link #DEFAULT_FIT}. */
    public Preprocessing(int height, int width, int channels, List<Float> mean, List<Float> std) {
        this(height, width, channels, mean, std, DEFAULT_FIT);
    }

    /** Samples scaled to 0 to 1, nothing else. */
    public static Preprocessing unitRange(int height, int width, int channels) {
        return new Preprocessing(
                height, width, channels, Collections.nCopies(channels, 0f), Collections.nCopies(channels, 1f));
    }

    /** A square colour input, normalised by ImageNet's statistics: what most ImageNet weights expect. */
    public static Preprocessing imageNet(int size, ResizeMode fit) {
        return new Preprocessing(size, size, 3, IMAGENET_MEAN, IMAGENET_STD, fit);
    }

    /** Returns a copy with another way to bring images to the input's size. */
    public Preprocessing withFit(ResizeMode newFit) {
        return new Preprocessing(height, width, channels, mean, std, newFit);
    }

    @Override
    public List<Integer> axes() {
        return List.of(channels, height, width);
    }

    @Override
    public String fingerprint() {
        return "Preprocessing[height=" + height + ", width=" + width + ", channels=" + channels + ", mean=" + mean
                + ", std=" + std + ", fit=" + fit.fingerprint() + "]";
    }

    /** The number of values that {@link #apply} writes: height x width x channels. */
    public int elements() {
        return height * width * channels;
    }

    /**
     * Writes an image as (height, width, channels), channels innermost.
     *
     * <p>Resized samples keep their fractions, where torchvision and timm round pictures to whole levels twice: values
     * differ from theirs by up to about one level of 255 before normalisation.
     *
     * @param image any size, one or three channels
     * @param target receives {@link #elements()} values
     * @param offset where the first value goes
     */
    public void apply(Image image, float[] target, int offset) {
        float[] samples = fitted(image);
        for (int c = 0; c < channels; c++) {
            float center = mean.get(c);
            float spread = std.get(c);
            for (int place = 0, to = offset + c; place < height * width; place++, to += channels) {
                target[to] = normalized(sample(samples, place, c, image.channels()), center, spread);
            }
        }
    }

    /** What becomes of a sample of a channel, 0 to 255. */
    float normalized(float sample, int channel) {
        return normalized(sample, mean.get(channel), std.get(channel));
    }

    private static float normalized(float sample, float center, float spread) {
        return (sample / 255f - center) / spread;
    }

    /** Whether an image has the input's size and channels already, so that only its samples are changed. */
    boolean keeps(Image image) {
        return image.height() == height
                && image.width() == width
                && image.channels() == channels
                && (!(fit instanceof ResizeMode.CenterCrop crop) || crop.shorterSide() == Math.min(height, width));
    }

    /** The sample of a channel of the input, made of the image's own channels. */
    private float sample(float[] samples, int place, int channel, int imageChannels) {
        if (imageChannels == channels) {
            return samples[place * channels + channel];
        }
        return channels == 3
                ? samples[place]
                : RED * samples[place * 3] + GREEN * samples[place * 3 + 1] + BLUE * samples[place * 3 + 2];
    }

    /** The image at the input's size, in its own channels, on the scale 0 to 255. */
    private float[] fitted(Image image) {
        if (fit instanceof ResizeMode.CenterCrop crop) {
            int[] size = Resize.byShorterSide(image.height(), image.width(), crop.shorterSide());
            return new Resize(image, size[0], size[1], crop.interpolation(), true)
                    .window(cutFrom(size[0], height), cutFrom(size[1], width), height, width);
        }
        return new Resize(image, height, width, fit.interpolation()).window(0, 0, height, width);
    }

    /** Halves to even, as Python rounds: the reference transforms cut there. */
    private static int cutFrom(int size, int kept) {
        return (int) Math.rint((size - kept) / 2.0);
    }

    /**
     * The part of a picture that reaches the network.
     *
     * @param pictureHeight the picture's rows
     * @param pictureWidth the picture's columns
     */
    public PictureRegion region(int pictureHeight, int pictureWidth) {
        if (!(fit instanceof ResizeMode.CenterCrop crop)) {
            return new PictureRegion(0, 0, pictureHeight, pictureWidth);
        }
        int[] size = Resize.byShorterSide(pictureHeight, pictureWidth, crop.shorterSide());
        double high = (double) pictureHeight / size[0];
        double wide = (double) pictureWidth / size[1];
        return new PictureRegion(
                cutFrom(size[0], height) * high, cutFrom(size[1], width) * wide, height * high, width * wide);
    }
}
