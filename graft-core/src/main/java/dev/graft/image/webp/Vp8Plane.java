package dev.graft.image.webp;

import java.util.Arrays;

/**
 * The samples of luma or of one chroma, with the border that prediction starts from: above the picture everything is 127,
 * left of it 129 (RFC 6386, section 12.2).
 */
final class Vp8Plane {
    /** Bytes from a sample to the one below. */
    final int stride;

    final byte[] samples;

    /** Where the upper left sample is. */
    final int origin;

    Vp8Plane(int width, int height) {
        // Prediction looks at four samples to the right of the row above.
        stride = width + 8;
        origin = stride + 4;
        samples = new byte[Math.multiplyExact(stride, height + 1)];
        Arrays.fill(samples, 0, stride, (byte) 127);
        for (int y = 0; y < height; y++) {
            samples[origin + y * stride - 1] = (byte) 129;
        }
    }

    int at(int x, int y) {
        return origin + y * stride + x;
    }

    /** Predicts a square, whole, from its upper and left neighbours (section 12.2 for chroma, 12.3 for luma). */
    void predict(int mode, int x, int y, int side) {
        int begin = at(x, y);
        switch (mode) {
            case Vp8Modes.DC -> fill(begin, side, average(begin, side, x > 0, y > 0));
            case Vp8Modes.VERTICAL -> {
                for (int row = 0; row < side; row++) {
                    System.arraycopy(samples, begin - stride, samples, begin + row * stride, side);
                }
            }
            case Vp8Modes.HORIZONTAL -> {
                for (int row = 0; row < side; row++) {
                    int at = begin + row * stride;
                    Arrays.fill(samples, at, at + side, samples[at - 1]);
                }
            }
            default -> trueMotion(begin, side);
        }
    }

    private void fill(int begin, int side, int value) {
        for (int row = 0; row < side; row++) {
            Arrays.fill(samples, begin + row * stride, begin + row * stride + side, (byte) value);
        }
    }

    private int average(int begin, int side, boolean left, boolean above) {
        int sum = 0;
        int count = 0;
        for (int i = 0; i < side; i++) {
            if (above) {
                sum += samples[begin - stride + i] & 0xFF;
                count++;
            }
            if (left) {
                sum += samples[begin + i * stride - 1] & 0xFF;
                count++;
            }
        }
        return count == 0 ? 128 : (sum + count / 2) / count;
    }

    private void trueMotion(int begin, int side) {
        int corner = samples[begin - stride - 1] & 0xFF;
        for (int row = 0; row < side; row++) {
            int at = begin + row * stride;
            int change = (samples[at - 1] & 0xFF) - corner;
            for (int i = 0; i < side; i++) {
                samples[at + i] = (byte) Vp8Transform.clipped((samples[begin - stride + i] & 0xFF) + change);
            }
        }
    }

    /**
     * Predicts a block of 4 x 4.
     *
     * @param edge its neighbours from the lower left by way of the corner to the upper right: 4, 1 and 8
     */
    void predictBlock(int mode, int begin, int[] edge) {
        switch (mode) {
            case Vp8Modes.DC -> {
                int sum = 4;
                for (int i = 0; i < 4; i++) {
                    sum += edge[i] + edge[5 + i];
                }
                fill(begin, 4, sum >> 3);
            }
            case Vp8Modes.TRUE_MOTION -> trueMotion(begin, 4);
            case Vp8Modes.VERTICAL -> {
                for (int i = 0; i < 16; i++) {
                    set(begin, i, three(edge, 5 + (i & 3)));
                }
            }
            case Vp8Modes.HORIZONTAL -> {
                for (int i = 0; i < 16; i++) {
                    int at = 3 - (i >> 2);
                    set(begin, i, at == 0 ? (edge[1] + 3 * edge[0] + 2) >> 2 : three(edge, at));
                }
            }
            default -> slanted(mode, begin, edge);
        }
    }

    private void slanted(int mode, int begin, int[] edge) {
        for (int i = 0; i < 16; i++) {
            int x = i & 3;
            int y = i >> 2;
            int value =
                    switch (mode) {
                        case Vp8Modes.LEFT_DOWN ->
                            x + y == 6 ? (edge[11] + 3 * edge[12] + 2) >> 2 : three(edge, 6 + x + y);
                        case Vp8Modes.RIGHT_DOWN -> three(edge, 4 + x - y);
                        case Vp8Modes.VERTICAL_RIGHT -> verticalRight(edge, x, y);
                        case Vp8Modes.VERTICAL_LEFT -> verticalLeft(edge, x, y);
                        case Vp8Modes.HORIZONTAL_DOWN -> horizontalDown(edge, x, y);
                        default -> horizontalUp(edge, x, y);
                    };
            set(begin, i, value);
        }
    }

    private static int verticalRight(int[] edge, int x, int y) {
        int place = 2 * x - y;
        if (place < 0) {
            return three(edge, 5 + place);
        }
        return (place & 1) == 0 ? two(edge, 4 + place / 2) : three(edge, 4 + (place + 1) / 2);
    }

    private static int verticalLeft(int[] edge, int x, int y) {
        // The last two of the fourth column do not follow the rule.
        if (x == 3 && y >= 2) {
            return three(edge, y == 2 ? 10 : 11);
        }
        int place = 5 + x + (y >> 1);
        return (y & 1) == 0 ? two(edge, place) : three(edge, place + 1);
    }

    private static int horizontalDown(int[] edge, int x, int y) {
        int place = 2 * y - x;
        if (place < 0) {
            return three(edge, 4 - place - 1);
        }
        int at = 3 - place / 2;
        return (place & 1) == 0 ? two(edge, at) : three(edge, at);
    }

    private static int horizontalUp(int[] edge, int x, int y) {
        int place = 2 * y + x;
        if (place > 5) {
            return edge[0];
        }
        int at = 3 - place / 2;
        if ((place & 1) == 0) {
            return two(edge, at - 1);
        }
        return place == 5 ? (edge[1] + 3 * edge[0] + 2) >> 2 : three(edge, at - 1);
    }

    /** The average of a neighbour and the next. */
    private static int two(int[] edge, int at) {
        return (edge[at] + edge[at + 1] + 1) >> 1;
    }

    /** The average of a neighbour, counted twice, and the two beside it. */
    private static int three(int[] edge, int at) {
        return (edge[at - 1] + 2 * edge[at] + edge[at + 1] + 2) >> 2;
    }

    private void set(int begin, int place, int value) {
        samples[begin + (place >> 2) * stride + (place & 3)] = (byte) value;
    }
}
