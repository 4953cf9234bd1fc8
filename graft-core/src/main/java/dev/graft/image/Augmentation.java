package dev.graft.image;

import dev.graft.error.Problem;
import dev.graft.error.Required;
import dev.graft.error.SettingsException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Random changes to training images, so that a network learns what does not matter; images that measure are never
 * changed. They are applied to prepared images, after resizing, and are the same for the same seed everywhere. What comes
 * in from outside the picture is the mean colour.
 *
 * @param flip whether half of the images are mirrored left to right
 * @param shift moves by up to this share of height and width, in whole pixels, 0 to 0.5
 * @param zoom shows as little as {@code 1 - zoom} of the area, at a random place, 0 to below 1
 * @param rotation turns by up to so many degrees either way, 0 to 180
 * @param color changes brightness, contrast and saturation by up to this share, 0 to below 1
 * @param erasing the share of images in which a rectangle of 2% to 20% of the area is blanked (Zhong et al. 2017, arXiv
 *     1708.04896), 0 to 1
 * @param mixing whether two examples are blended into one
 * @param views how many different views of each image the feature cache keeps, at least 1. A phase with frozen stages
 *     reads them in turn; a phase without draws new ones for each epoch
 */
public record Augmentation(
        boolean flip,
        double shift,
        double zoom,
        double rotation,
        double color,
        double erasing,
        Mixing mixing,
        int views) {
    private static final int DEFAULT_VIEWS = 4;
    private static final double SMALLEST_ERASED = 0.02;
    private static final double LARGEST_ERASED = 0.2;
    private static final double LARGEST_ASPECT = 3.3;

    /** Checks the ranges. */
    public Augmentation {
        require(shift >= 0 && shift <= 0.5, "shift", "0 to 0.5", shift);
        require(zoom >= 0 && zoom < 1, "zoom", "0 to below 1", zoom);
        require(rotation >= 0 && rotation <= 180, "rotation", "0 to 180 degrees", rotation);
        require(color >= 0 && color < 1, "color", "0 to below 1", color);
        require(erasing >= 0 && erasing <= 1, "erasing", "0 to 1", erasing);
        Required.setting(mixing, "mixing");
        require(views >= 1, "views", "at least 1", views);
    }

    /** Images as they are. */
    public static Augmentation none() {
        return new Augmentation(false, 0, 0, 0, 0, 0, Mixing.NONE, 1);
    }

    /** Mirrored half of the time and moved by up to an eighth: what small pictures of things bear. */
    public static Augmentation flipAndShift() {
        return new Augmentation(true, 0.125, 0, 0, 0, 0, Mixing.NONE, DEFAULT_VIEWS);
    }

    /** Mirrored, at most half of the area cropped away, turned a little, colours changed a little: for photographs. */
    public static Augmentation photographs() {
        return new Augmentation(true, 0, 0.5, 10, 0.2, 0, Mixing.NONE, DEFAULT_VIEWS);
    }

    /** Returns a copy with another share of images in which a rectangle is blanked. */
    public Augmentation withErasing(double value) {
        return new Augmentation(flip, shift, zoom, rotation, color, value, mixing, views);
    }

    /** Returns a copy with another number of cached views. */
    public Augmentation withViews(int value) {
        return new Augmentation(flip, shift, zoom, rotation, color, erasing, mixing, value);
    }

    /** Returns a copy with examples that are blended with others. */
    public Augmentation withMixing(Mixing value) {
        return new Augmentation(flip, shift, zoom, rotation, color, erasing, value, views);
    }

    /** Whether an image by itself is changed; blending comes later. */
    public boolean changesImages() {
        return flip || shift > 0 || zoom > 0 || rotation > 0 || color > 0 || erasing > 0;
    }

    /**
     * Changes one prepared image in place.
     *
     * @param row holds the image as (height, width, channels), channels innermost
     * @param offset where the image begins
     * @param preprocessing what prepared it
     * @param seed chooses the changes
     */
    public void apply(float[] row, int offset, Preprocessing preprocessing, long seed) {
        if (!changesImages()) {
            return;
        }
        SplittableRandom random = new SplittableRandom(seed);
        Placement placement = Placement.draw(this, preprocessing, random);
        placement.apply(row, offset);
        if (color > 0) {
            recolor(row, offset, preprocessing, random);
        }
        if (erasing > 0 && random.nextDouble() < erasing) {
            erase(row, offset, preprocessing, random);
        }
    }

    /** On the scale 0 to 1, as stored: brightness times, contrast about the mean grey, saturation about each grey. */
    private void recolor(float[] row, int offset, Preprocessing preprocessing, SplittableRandom random) {
        int channels = preprocessing.channels();
        int end = offset + preprocessing.elements();
        for (int i = offset; i < end; i++) {
            int channel = (i - offset) % channels;
            row[i] = row[i] * preprocessing.std().get(channel)
                    + preprocessing.mean().get(channel);
        }
        float brightness = factor(random);
        float contrast = factor(random);
        float saturation = factor(random);
        double sum = 0;
        for (int i = offset; i < end; i++) {
            row[i] = Math.min(1, row[i] * brightness);
            sum += row[i];
        }
        float grey = (float) (sum / preprocessing.elements());
        for (int i = offset; i < end; i += channels) {
            float own = 0;
            for (int c = 0; c < channels; c++) {
                row[i + c] = grey + (row[i + c] - grey) * contrast;
                own += row[i + c] / channels;
            }
            for (int c = 0; c < channels; c++) {
                float value = Math.max(0, Math.min(1, own + (row[i + c] - own) * saturation));
                row[i + c] = (value - preprocessing.mean().get(c))
                        / preprocessing.std().get(c);
            }
        }
    }

    private float factor(SplittableRandom random) {
        return (float) (1 + color * (2 * random.nextDouble() - 1));
    }

    private static void erase(float[] row, int offset, Preprocessing preprocessing, SplittableRandom random) {
        int height = preprocessing.height();
        int width = preprocessing.width();
        double area = height * width * (SMALLEST_ERASED + (LARGEST_ERASED - SMALLEST_ERASED) * random.nextDouble());
        double aspect = Math.exp(Math.log(LARGEST_ASPECT) * (2 * random.nextDouble() - 1));
        int rows = Math.max(1, Math.min(height, (int) Math.round(Math.sqrt(area * aspect))));
        int columns = Math.max(1, Math.min(width, (int) Math.round(Math.sqrt(area / aspect))));
        int top = random.nextInt(height - rows + 1);
        int left = random.nextInt(width - columns + 1);
        int channels = preprocessing.channels();
        for (int y = top; y < top + rows; y++) {
            int from = offset + (y * width + left) * channels;
            Arrays.fill(row, from, from + columns * channels, 0f);
        }
    }

    private static void require(boolean holds, String setting, String expected, Object found) {
        if (!holds) {
            throw new SettingsException(Problem.of("An augmentation's setting is out of range.")
                    .where(setting)
                    .expected(expected)
                    .found(found));
        }
    }
}
