package dev.graft.image.webp;

import java.util.Arrays;

/** The coefficients of macroblocks, made ready for the inverse transform (RFC 6386, sections 13 and 14). */
final class Vp8Residuals {
    private static final int LUMA_REST = 0;
    private static final int LUMA_FIRSTS = 1;
    private static final int CHROMA = 2;
    private static final int LUMA_WHOLE = 3;

    private static final int CONTEXTS = 3;
    private static final int PLACES = 11;
    private static final int BANDS = 8;

    private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};
    private static final int[] BAND = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};

    /** The probabilities of a large value's further bits, by how many there are; and where the values begin. */
    private static final int[][] FURTHER = {
        {173, 148, 140},
        {176, 155, 140, 135},
        {180, 157, 141, 134, 130},
        {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
    };

    private static final int[] FURTHER_FROM = {11, 19, 35, 67};

    private final int[] probabilities;

    /** Which neighbours had coefficients: 4 of luma, 2 and 2 of chroma, 1 of luma's first ones. */
    private final int[][] above;

    private final int[] left = new int[9];

    /** 16 blocks of luma, 4 and 4 of chroma, of 16 coefficients each. */
    final int[] coefficients = new int[24 * 16];

    private final int[] firsts = new int[16];

    Vp8Residuals(Vp8Header header, int columns) {
        this.probabilities = header.probabilities;
        this.above = new int[columns][9];
    }

    void beginRow() {
        Arrays.fill(left, 0);
    }

    /** Passes over a macroblock that has none. */
    void skip(int column, boolean blocks) {
        Arrays.fill(coefficients, 0);
        int kept = blocks ? 8 : 9;
        Arrays.fill(left, 0, kept, 0);
        Arrays.fill(above[column], 0, kept, 0);
    }

    /** Reads a macroblock's coefficients; says whether there was any. */
    boolean read(BoolReader reader, int column, boolean blocks, int[] steps) {
        Arrays.fill(coefficients, 0);
        int[] top = above[column];
        int plane = LUMA_WHOLE;
        int from = 0;
        if (!blocks) {
            Arrays.fill(firsts, 0);
            int end = block(reader, LUMA_FIRSTS, 0, top[8] + left[8], steps[2], steps[3], firsts, 0);
            top[8] = left[8] = end > 0 ? 1 : 0;
            Vp8Transform.firsts(firsts, coefficients);
            plane = LUMA_REST;
            from = 1;
        }
        boolean any = false;
        for (int i = 0; i < 16; i++) {
            any |= block(reader, plane, from, steps[0], steps[1], i, top, i & 3, i >> 2);
        }
        for (int i = 0; i < 8; i++) {
            int first = 4 + (i >> 2) * 2;
            any |= block(reader, CHROMA, 0, steps[4], steps[5], 16 + i, top, first + (i & 1), first + (i >> 1 & 1));
        }
        return any;
    }

    private boolean block(
            BoolReader reader, int plane, int from, int dc, int ac, int block, int[] top, int column, int row) {
        int at = 16 * block;
        int end = block(reader, plane, from, top[column] + left[row], dc, ac, coefficients, at);
        top[column] = left[row] = end > from ? 1 : 0;
        return end > 1 || coefficients[at] != 0;
    }

    /** Reads one block; returns the place behind its last coefficient. */
    private int block(BoolReader reader, int plane, int from, int context, int dc, int ac, int[] into, int at) {
        int n = from;
        int place = place(plane, n, context);
        while (n < 16) {
            if (reader.bit(probabilities[place]) == 0) {
                return n;
            }
            while (reader.bit(probabilities[place + 1]) == 0) {
                if (++n == 16) {
                    return 16;
                }
                place = place(plane, n, 0);
            }
            int value = 1;
            int next = 1;
            if (reader.bit(probabilities[place + 2]) == 1) {
                value = large(reader, place);
                next = 2;
            }
            // Of damaged content only 16 bits are kept, so that no product overflows.
            into[at + ZIGZAG[n]] = (short) ((reader.flag() ? -value : value) * (n > 0 ? ac : dc));
            n++;
            place = place(plane, n, next);
        }
        return 16;
    }

    private static int place(int plane, int n, int context) {
        return ((plane * BANDS + BAND[n]) * CONTEXTS + context) * PLACES;
    }

    private int large(BoolReader reader, int place) {
        if (reader.bit(probabilities[place + 3]) == 0) {
            return reader.bit(probabilities[place + 4]) == 0 ? 2 : 3 + reader.bit(probabilities[place + 5]);
        }
        if (reader.bit(probabilities[place + 6]) == 0) {
            if (reader.bit(probabilities[place + 7]) == 0) {
                return 5 + reader.bit(159);
            }
            return 7 + 2 * reader.bit(165) + reader.bit(145);
        }
        int upper = reader.bit(probabilities[place + 8]);
        int kind = 2 * upper + reader.bit(probabilities[place + 9 + upper]);
        int value = 0;
        for (int probability : FURTHER[kind]) {
            value = 2 * value + reader.bit(probability);
        }
        return FURTHER_FROM[kind] + value;
    }
}
