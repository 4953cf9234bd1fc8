package dev.graft.image.webp;

import java.util.Arrays;

/** The prediction modes of macroblocks, row by row (RFC 6386, sections 8, 10 and 11). */
final class Vp8Modes {
    static final int DC = 0;
    static final int TRUE_MOTION = 1;
    static final int VERTICAL = 2;
    static final int HORIZONTAL = 3;
    static final int LEFT_DOWN = 4;
    static final int RIGHT_DOWN = 5;
    static final int VERTICAL_RIGHT = 6;
    static final int VERTICAL_LEFT = 7;
    static final int HORIZONTAL_DOWN = 8;
    static final int HORIZONTAL_UP = 9;

    private static final int KINDS = 10;
    private static final int PLACES = KINDS - 1;

    /** Pairs of branches: the place of the next pair, or a mode as its complement. */
    private static final int[] TREE = {
        ~DC,
        2,
        ~TRUE_MOTION,
        4,
        ~VERTICAL,
        6,
        8,
        12,
        ~HORIZONTAL,
        10,
        ~RIGHT_DOWN,
        ~VERTICAL_RIGHT,
        ~LEFT_DOWN,
        14,
        ~VERTICAL_LEFT,
        16,
        ~HORIZONTAL_DOWN,
        ~HORIZONTAL_UP
    };

    private final Vp8Header header;
    private final int[] above;
    private final int[] left = new int[4];

    /** Of the macroblock last read. */
    int segment;

    boolean skipped;

    /** Whether each 4 x 4 block of luma has a mode of its own. */
    boolean blocks;

    /** The modes of luma's 16 blocks; all alike if the macroblock has one. */
    final int[] luma = new int[16];

    int chroma;

    Vp8Modes(Vp8Header header, int columns) {
        this.header = header;
        this.above = new int[4 * columns];
    }

    void beginRow() {
        Arrays.fill(left, DC);
    }

    void read(int column) {
        BoolReader reader = header.modes;
        segment = 0;
        if (header.segmentMap) {
            int[] tree = header.segmentTree;
            segment = reader.bit(tree[0]) == 0 ? reader.bit(tree[1]) : 2 + reader.bit(tree[2]);
        }
        skipped = header.skip >= 0 && reader.bit(header.skip) == 1;
        blocks = reader.bit(145) == 0;
        if (blocks) {
            readBlocks(reader, 4 * column);
        } else {
            int mode = reader.bit(156) == 1
                    ? (reader.bit(128) == 1 ? TRUE_MOTION : HORIZONTAL)
                    : (reader.bit(163) == 1 ? VERTICAL : DC);
            Arrays.fill(luma, mode);
            Arrays.fill(left, mode);
            Arrays.fill(above, 4 * column, 4 * column + 4, mode);
        }
        chroma = reader.bit(142) == 0
                ? DC
                : reader.bit(114) == 0 ? VERTICAL : reader.bit(183) == 1 ? TRUE_MOTION : HORIZONTAL;
    }

    private void readBlocks(BoolReader reader, int firstAbove) {
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                int probabilities = (above[firstAbove + x] * KINDS + left[y]) * PLACES;
                int at = 0;
                do {
                    at = TREE[at + reader.bit(Vp8Tables.BLOCK_MODES[probabilities + (at >> 1)])];
                } while (at > 0);
                luma[4 * y + x] = ~at;
                left[y] = ~at;
                above[firstAbove + x] = ~at;
            }
        }
    }
}
