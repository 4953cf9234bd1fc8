package dev.graft.image.webp;

/**
 * One of the transforms that a lossless picture went through before it was coded (RFC 9649, section 3.4).
 *
 * @param kind which, by its number in the format
 * @param width the picture's width before it
 * @param codedWidth the width after it, smaller where several indexed pixels share one
 * @param bits the side of a block of the table, or how many pixels share one, as a power of 2
 * @param table what it takes besides: a small picture with a pixel for each block, or the colours
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LosslessTransform(int kind, int width, int codedWidth, int bits, int[] table) {
    static final int PREDICTED = 0;
    static final int CROSS_COLOR = 1;
    static final int SUBTRACTED_GREEN = 2;
    static final int INDEXED_COLORS = 3;

    private static final int BLACK = 0xFF000000;

    /** Undoes it. What is given may be changed and returned. */
    int[] undo(int[] pixels, int height) {
        switch (kind) {
            case PREDICTED -> addPredictions(pixels, height);
            case CROSS_COLOR -> addCrossColor(pixels, height);
            case SUBTRACTED_GREEN -> addGreen(pixels);
            default -> {
                return lookUp(pixels, height);
            }
        }
        return pixels;
    }

    private static void addGreen(int[] pixels) {
        for (int i = 0; i < pixels.length; i++) {
            int green = pixels[i] >> 8 & 0xFF;
            pixels[i] = sum(pixels[i], green << 16 | green);
        }
    }

    private int[] lookUp(int[] coded, int height) {
        int[] pixels = new int[Math.multiplyExact(width, height)];
        int shared = (1 << bits) - 1;
        int indexBits = 8 >> bits;
        int mask = (1 << indexBits) - 1;
        int to = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int packed = coded[y * codedWidth + (x >> bits)] >> 8 & 0xFF;
                int index = (packed >> ((x & shared) * indexBits)) & mask;
                // Of indexes beyond the table the format says: transparent black.
                pixels[to++] = index < table.length ? table[index] : 0;
            }
        }
        return pixels;
    }

    private void addCrossColor(int[] pixels, int height) {
        int across = (width + (1 << bits) - 1) >> bits;
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at++) {
                int factors = table[(y >> bits) * across + (x >> bits)];
                int pixel = pixels[at];
                int green = pixel >> 8;
                int red = (pixel >> 16) + share(factors, green);
                int blue = pixel + share(factors >> 8, green) + share(factors >> 16, red);
                pixels[at] = (pixel & 0xFF00FF00) | (red & 0xFF) << 16 | (blue & 0xFF);
            }
        }
    }

    /** Both with a sign, in their lowest 8 bits. */
    private static int share(int factor, int color) {
        return ((byte) factor * (byte) color) >> 5;
    }

    private void addPredictions(int[] pixels, int height) {
        int across = (width + (1 << bits) - 1) >> bits;
        pixels[0] = sum(pixels[0], BLACK);
        for (int x = 1; x < width; x++) {
            pixels[x] = sum(pixels[x], pixels[x - 1]);
        }
        for (int y = 1, at = width; y < height; y++) {
            pixels[at] = sum(pixels[at], pixels[at - width]);
            at++;
            for (int x = 1; x < width; x++, at++) {
                int mode = table[(y >> bits) * across + (x >> bits)] >> 8 & 15;
                pixels[at] = sum(pixels[at], prediction(mode, pixels, at));
            }
        }
    }

    private int prediction(int mode, int[] pixels, int at) {
        int left = pixels[at - 1];
        int above = pixels[at - width];
        int corner = pixels[at - width - 1];
        // Of the last column this is the first pixel of the same row.
        int right = pixels[at - width + 1];
        return switch (mode) {
            case 1 -> left;
            case 2 -> above;
            case 3 -> right;
            case 4 -> corner;
            case 5 -> average(average(left, right), above);
            case 6 -> average(left, corner);
            case 7 -> average(left, above);
            case 8 -> average(corner, above);
            case 9 -> average(above, right);
            case 10 -> average(average(left, corner), average(above, right));
            case 11 -> nearer(left, above, corner);
            case 12 -> gradient(left, above, corner);
            case 13 -> halfGradient(average(left, above), corner);
            default -> BLACK;
        };
    }

    /** Each of the four parts by itself, modulo 256. */
    static int sum(int a, int b) {
        int alphaAndGreen = ((a & 0xFF00FF00) + (b & 0xFF00FF00)) & 0xFF00FF00;
        return alphaAndGreen | (((a & 0x00FF00FF) + (b & 0x00FF00FF)) & 0x00FF00FF);
    }

    private static int average(int a, int b) {
        return (((a ^ b) & 0xFEFEFEFE) >>> 1) + (a & b);
    }

    private static int nearer(int left, int above, int corner) {
        int fromLeft = 0;
        int fromAbove = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            fromLeft += Math.abs((above >> shift & 0xFF) - (corner >> shift & 0xFF));
            fromAbove += Math.abs((left >> shift & 0xFF) - (corner >> shift & 0xFF));
        }
        return fromLeft < fromAbove ? left : above;
    }

    private static int gradient(int left, int above, int corner) {
        int sum = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int value = (left >> shift & 0xFF) + (above >> shift & 0xFF) - (corner >> shift & 0xFF);
            sum |= Vp8Transform.clipped(value) << shift;
        }
        return sum;
    }

    private static int halfGradient(int average, int corner) {
        int sum = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int value = average >> shift & 0xFF;
            sum |= Vp8Transform.clipped(value + (value - (corner >> shift & 0xFF)) / 2) << shift;
        }
        return sum;
    }
}
