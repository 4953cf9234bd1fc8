package dev.graft.image;

import dev.graft.data.Image;

/**
 * A preprocessing for many images. Where an image has the input's size and channels, all that happens to a sample depends on
 * its level, 0 to 255: what becomes of each is computed once, by the same arithmetic. Safe for use by several threads.
 */
public final class LevelTable {
    private static final int LEVELS = 256;

    private final Preprocessing preprocessing;
    private final float[][] values;

    /** Computes the table. */
    public LevelTable(Preprocessing preprocessing) {
        this.preprocessing = preprocessing;
        this.values = new float[preprocessing.channels()][LEVELS];
        for (int channel = 0; channel < values.length; channel++) {
            for (int level = 0; level < LEVELS; level++) {
                values[channel][level] = preprocessing.normalized(level, channel);
            }
        }
    }

    /** Writes what {@link Preprocessing#apply} writes, bit for bit. */
    public void apply(Image image, float[] target, int offset) {
        if (!preprocessing.keeps(image)) {
            preprocessing.apply(image, target, offset);
            return;
        }
        byte[] pixels = image.pixels();
        if (values.length == 1) {
            grey(pixels, values[0], target, offset);
        } else {
            color(pixels, values[0], values[1], values[2], target, offset);
        }
    }

    private static void grey(byte[] pixels, float[] table, float[] target, int offset) {
        for (int i = 0; i < pixels.length; i++) {
            target[offset + i] = table[pixels[i] & 0xFF];
        }
    }

    private static void color(byte[] pixels, float[] red, float[] green, float[] blue, float[] target, int offset) {
        for (int i = 0; i + 2 < pixels.length; i += 3) {
            target[offset + i] = red[pixels[i] & 0xFF];
            target[offset + i + 1] = green[pixels[i + 1] & 0xFF];
            target[offset + i + 2] = blue[pixels[i + 2] & 0xFF];
        }
    }
}
