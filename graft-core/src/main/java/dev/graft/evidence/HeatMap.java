package dev.graft.evidence;

import dev.graft.data.Image;
import dev.graft.image.Thumbnail;

/**
 * Shows a map of evidence on its picture: grey, dark blue where nothing speaks for the class, through to bright yellow at the
 * picture's strongest place, with a line around what has at least half of that. What the network saw nothing of stays grey. The
 * colours are those of cividis (Nunez et al. 2018, arXiv 1712.01662), which get lighter all the way, also in grey print and for
 * the colour-blind.
 */
public final class HeatMap {
    private static final int[] CIVIDIS = {
        0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173, 0x8a8678, 0xa59c74, 0xc3b369, 0xe1cc55, 0xfee838
    };

    // A smaller picture is enlarged to about this many pixels.
    private static final int SMALL = 256;

    // The standard deviation of what smooths a map, as a share of its side.
    private static final double SMOOTHING = 1 / 20.0;

    // A map with a smaller one, in cells, stays as it is.
    private static final double FEW = 0.6;

    // How much of a pixel is colour; the rest is the picture.
    private static final double COLOR = 0.6;

    private static final float HALF = 0.5f;
    private static final float NOT_SEEN = -1;

    private HeatMap() {}

    /**
     * The picture with the map on it, in colour.
     *
     * <p>The zero of the colours is the value of a place that adds nothing. An even share of the logit's rest is counted
     * with each place, so that what all pictures have in common is not taken for evidence. Fine maps are smoothed
     * over a twentieth of their side. If no place speaks for the class, the
     * brightest is what speaks least against it.
     *
     * @param picture the picture that the map is of
     * @param longest a larger picture is scaled down so that neither side is longer, in pixels; a small one is enlarged, by a
     *     whole factor, up to 256
     */
    public static Image overlay(Image picture, EvidenceMap map, int longest) {
        Image shown = Thumbnail.of(picture, longest);
        int factor = Math.max(1, Math.min(longest, SMALL) / Math.max(shown.height(), shown.width()));
        int height = shown.height() * factor;
        int width = shown.width() * factor;
        float[] strengths = strengths(map, height, width);
        int thickness = Math.max(1, Math.round(Math.max(height, width) / 320f));
        byte[] pixels = new byte[height * width * 3];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int place = row * width + column;
                int color = onEdge(strengths, row, column, height, width, thickness)
                        ? 0xffffff
                        : blended(grey(shown, row / factor, column / factor), strengths[place]);
                pixels[place * 3] = (byte) (color >> 16);
                pixels[place * 3 + 1] = (byte) (color >> 8);
                pixels[place * 3 + 2] = (byte) color;
            }
        }
        return new Image(height, width, 3, pixels);
    }

    // From 0 to 1, or below for what was not seen.
    private static float[] strengths(EvidenceMap exact, int height, int width) {
        EvidenceMap map = smoothed(exact);
        double zero = map.zero();
        double highest = map.highest();
        double lowest = highest > zero ? zero : map.lowest();
        double range = highest > lowest ? highest - lowest : 1;
        float[] values = map.onPicture(height, width);
        for (int row = 0; row < height; row++) {
            double y = (row + 0.5) * map.place().height() / height;
            for (int column = 0; column < width; column++) {
                double x = (column + 0.5) * map.place().width() / width;
                int place = row * width + column;
                values[place] = map.place().seen().contains(y, x)
                        ? (float) Math.max(0, (values[place] - lowest) / range)
                        : NOT_SEEN;
            }
        }
        return values;
    }

    // Maxima of a fine map lie on single cells, which nobody would see: a cell shows the mean of those around it.
    private static EvidenceMap smoothed(EvidenceMap map) {
        float[][] down = averages(map.height());
        float[][] across = averages(map.width());
        float[] rows = new float[map.values().length];
        float[] all = new float[rows.length];
        for (int row = 0; row < map.height(); row++) {
            for (int column = 0; column < map.width(); column++) {
                for (int i = 0; i < map.height(); i++) {
                    rows[row * map.width() + column] += down[row][i] * map.value(i, column);
                }
            }
        }
        for (int row = 0; row < map.height(); row++) {
            for (int column = 0; column < map.width(); column++) {
                for (int i = 0; i < map.width(); i++) {
                    all[row * map.width() + column] += across[column][i] * rows[row * map.width() + i];
                }
            }
        }
        return new EvidenceMap(
                map.method(), map.className(), map.height(), map.width(), all, map.rest(), map.logit(), map.place());
    }

    // For each of some cells the weights of all of them: a normal distribution, or the cell itself where there are few.
    private static float[][] averages(int cells) {
        double deviation = cells * SMOOTHING;
        float[][] weights = new float[cells][cells];
        for (int i = 0; i < cells; i++) {
            double sum = 0;
            double[] own = new double[cells];
            for (int j = 0; j < cells; j++) {
                own[j] = deviation < FEW ? (i == j ? 1 : 0) : Math.exp(-0.5 * Math.pow((i - j) / deviation, 2));
                sum += own[j];
            }
            for (int j = 0; j < cells; j++) {
                weights[i][j] = (float) (own[j] / sum);
            }
        }
        return weights;
    }

    private static double grey(Image image, int row, int column) {
        return image.channels() == 1
                ? image.sample(row, column, 0)
                : 0.299 * image.sample(row, column, 0)
                        + 0.587 * image.sample(row, column, 1)
                        + 0.114 * image.sample(row, column, 2);
    }

    private static int blended(double grey, float strength) {
        double share = strength < 0 ? 0 : COLOR;
        double at = Math.min(1, Math.max(0, strength)) * (CIVIDIS.length - 1);
        int below = Math.min(CIVIDIS.length - 2, (int) at);
        int color = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int low = CIVIDIS[below] >> shift & 0xFF;
            int high = CIVIDIS[below + 1] >> shift & 0xFF;
            double own = low + (at - below) * (high - low);
            color = color << 8 | (int) Math.round(share * own + (1 - share) * grey);
        }
        return color;
    }

    // Whether it is inside the half of the strongest, and something within so many pixels is outside.
    private static boolean onEdge(float[] strengths, int row, int column, int height, int width, int thickness) {
        if (strengths[row * width + column] < HALF) {
            return false;
        }
        for (int y = Math.max(0, row - thickness); y <= Math.min(height - 1, row + thickness); y++) {
            for (int x = Math.max(0, column - thickness); x <= Math.min(width - 1, column + thickness); x++) {
                if (strengths[y * width + x] < HALF) {
                    return true;
                }
            }
        }
        return false;
    }
}
