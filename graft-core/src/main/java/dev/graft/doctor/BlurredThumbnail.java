package dev.graft.doctor;

import dev.graft.data.Image;
import dev.graft.image.Preprocessing;

/** A picture at 32 x 32, slightly blurred, so that saving it again, resizing or moving it changes little. */
final class BlurredThumbnail {
    private static final int WHOLE = 32;
    private static final int CHANNELS = 3;
    private static final Preprocessing SMALL = Preprocessing.unitRange(WHOLE, WHOLE, CHANNELS);

    /** What is left once the blur has taken its border. */
    private static final int SIDE = WHOLE - 2;

    /** A move by one pixel, a thirtieth of the picture, is followed. */
    private static final int REACH = 1;

    private static final double LEAST_CORRELATION = 0.975;

    /** Below it, no move helps: moved pictures had 0.83 or more. */
    private static final double HOPELESS = 0.75;

    /** Correlation knows no brightness; a picture brightened by a tenth differs by a tenth at most. */
    private static final double LARGEST_MEAN_DIFFERENCE = 0.12;

    private final byte[] levels;

    private BlurredThumbnail(byte[] levels) {
        this.levels = levels;
    }

    static BlurredThumbnail of(Image image) {
        float[] small = new float[WHOLE * WHOLE * CHANNELS];
        SMALL.apply(image, small, 0);
        byte[] levels = new byte[SIDE * SIDE * CHANNELS];
        int row = WHOLE * CHANNELS;
        for (int i = 0; i < levels.length; i++) {
            int at = i / (SIDE * CHANNELS) * row + i % (SIDE * CHANNELS);
            float sum = 0;
            for (int y = 0; y < 3; y++) {
                for (int x = 0; x < 3; x++) {
                    sum += small[at + y * row + x * CHANNELS];
                }
            }
            levels[i] = (byte) Math.round(sum * 255 / 9);
        }
        return new BlurredThumbnail(levels);
    }

    boolean like(BlurredThumbnail other) {
        double unmoved = correlation(other, 0, 0);
        if (unmoved < HOPELESS || meanDifference(other) > LARGEST_MEAN_DIFFERENCE) {
            return false;
        }
        if (unmoved >= LEAST_CORRELATION) {
            return true;
        }
        for (int down = -REACH; down <= REACH; down++) {
            for (int right = -REACH; right <= REACH; right++) {
                if (correlation(other, down, right) >= LEAST_CORRELATION) {
                    return true;
                }
            }
        }
        return false;
    }

    private double meanDifference(BlurredThumbnail other) {
        long sum = 0;
        for (int i = 0; i < levels.length; i++) {
            sum += Math.abs((levels[i] & 0xFF) - (other.levels[i] & 0xFF));
        }
        return sum / 255.0 / levels.length;
    }

    /** Of the inner part with that of another, moved. */
    private double correlation(BlurredThumbnail other, int down, int right) {
        long sumOne = 0;
        long sumOther = 0;
        long squaresOne = 0;
        long squaresOther = 0;
        long products = 0;
        int width = (SIDE - 2 * REACH) * CHANNELS;
        int count = 0;
        for (int y = REACH; y < SIDE - REACH; y++) {
            int at = (y * SIDE + REACH) * CHANNELS;
            int moved = ((y + down) * SIDE + REACH + right) * CHANNELS;
            for (int x = 0; x < width; x++) {
                long one = levels[at + x] & 0xFF;
                long two = other.levels[moved + x] & 0xFF;
                sumOne += one;
                sumOther += two;
                squaresOne += one * one;
                squaresOther += two * two;
                products += one * two;
            }
            count += width;
        }
        double spreadOne = squaresOne - (double) sumOne * sumOne / count;
        double spreadOther = squaresOther - (double) sumOther * sumOther / count;
        return (products - (double) sumOne * sumOther / count) / Math.sqrt(Math.max(1e-12, spreadOne * spreadOther));
    }
}
