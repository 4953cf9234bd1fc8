package dev.graft.image.webp;

import java.io.EOFException;
import java.io.IOException;

/** What a VP8 key frame says before its macroblocks (RFC 6386, sections 9 and 19.2). */
final class Vp8Header {
    /** Before the arithmetic coding begins: frame tag, start code, dimensions. */
    static final int PLAIN_BYTES = 10;

    private static final int SEGMENTS = 4;

    final int width;
    final int height;

    /** The first partition, at the modes of the first macroblock once the header is read. */
    final BoolReader modes;

    /** The partitions of coefficients, which rows of macroblocks take by turns. */
    final BoolReader[] coefficients;

    final int[] probabilities = Vp8Tables.COEFFICIENTS.clone();

    /** Probability that a macroblock has coefficients, or -1 if all may have. */
    final int skip;

    final boolean segmented;
    final boolean segmentMap;
    final int[] segmentTree = {255, 255, 255};
    private boolean absolute;
    private final int[] segmentSteps = new int[SEGMENTS];
    private final int[] segmentLevels = new int[SEGMENTS];

    final boolean simpleFilter;
    final int filterLevel;
    final int sharpness;
    private final boolean adjusted;
    private int intraAdjustment;
    private int blocksAdjustment;

    /** Quantizer steps by segment: first and other coefficients of luma, of luma's first coefficients, of chroma. */
    final int[][] steps = new int[SEGMENTS][];

    Vp8Header(byte[] data, int begin, int end) throws IOException {
        int tag = firstTag(data, begin, end);
        width = side(data, begin + 6);
        height = side(data, begin + 8);
        int first = begin + PLAIN_BYTES;
        int length = tag >> 5;
        if (length > end - first) {
            throw new EOFException("the first partition takes " + length + " bytes of " + (end - first));
        }
        BoolReader reader = new BoolReader(data, first, first + length);
        modes = reader;
        // Colour space and clamping, of which there is one sensible choice only.
        reader.number(2);
        segmented = reader.flag();
        segmentMap = segmented && readSegments(reader);
        simpleFilter = reader.flag();
        filterLevel = reader.number(6);
        sharpness = reader.number(3);
        adjusted = reader.flag();
        if (adjusted && reader.flag()) {
            readAdjustments(reader);
        }
        coefficients = partitions(data, first + length, end, 1 << reader.number(2));
        readSteps(reader);
        // Whether probabilities are kept for the next frame: there is none.
        reader.flag();
        for (int i = 0; i < probabilities.length; i++) {
            if (reader.bit(Vp8Tables.COEFFICIENT_UPDATES[i]) == 1) {
                probabilities[i] = reader.number(8);
            }
        }
        skip = reader.flag() ? reader.number(8) : -1;
        reader.requireNotPast("the header");
    }

    /** The dimensions that a frame's first bytes tell: width and height. */
    static int[] dimensions(byte[] data, int begin, int end) throws IOException {
        firstTag(data, begin, end);
        return new int[] {side(data, begin + 6), side(data, begin + 8)};
    }

    private static int firstTag(byte[] data, int begin, int end) throws IOException {
        if (end - begin < PLAIN_BYTES) {
            throw new EOFException("a picture of " + (end - begin) + " bytes");
        }
        int tag = threeBytes(data, begin);
        boolean keyFrame = (tag & 1) == 0;
        boolean shown = (tag >> 4 & 1) == 1;
        boolean started = data[begin + 3] == (byte) 0x9D && data[begin + 4] == 1 && data[begin + 5] == 0x2A;
        if (!keyFrame || !shown || (tag >> 1 & 7) > 3 || !started) {
            throw new IOException("no VP8 key frame");
        }
        return tag;
    }

    private static int threeBytes(byte[] data, int at) {
        return (data[at] & 0xFF) | (data[at + 1] & 0xFF) << 8 | (data[at + 2] & 0xFF) << 16;
    }

    /** Dimensions have 14 bits; the two above are a wish for how to show them. */
    private static int side(byte[] data, int at) {
        return ((data[at] & 0xFF) | (data[at + 1] & 0xFF) << 8) & 0x3FFF;
    }

    private boolean readSegments(BoolReader reader) {
        boolean map = reader.flag();
        if (reader.flag()) {
            absolute = reader.flag();
            for (int i = 0; i < SEGMENTS; i++) {
                segmentSteps[i] = reader.optional(7);
            }
            for (int i = 0; i < SEGMENTS; i++) {
                segmentLevels[i] = reader.optional(6);
            }
        }
        for (int i = 0; map && i < segmentTree.length; i++) {
            segmentTree[i] = reader.flag() ? reader.number(8) : 255;
        }
        return map;
    }

    /** Of the adjustments of the filter by reference frame and by mode, only the first of each concerns key frames. */
    private void readAdjustments(BoolReader reader) {
        for (int i = 0; i < 8; i++) {
            if (reader.flag()) {
                int value = reader.signed(6);
                if (i == 0) {
                    intraAdjustment = value;
                } else if (i == 4) {
                    blocksAdjustment = value;
                }
            }
        }
    }

    private static BoolReader[] partitions(byte[] data, int begin, int end, int count) throws IOException {
        int at = begin + 3 * (count - 1);
        if (at > end) {
            throw new EOFException("the sizes of " + count + " partitions");
        }
        BoolReader[] partitions = new BoolReader[count];
        for (int i = 0; i < count; i++) {
            int size = end - at;
            if (i < count - 1) {
                int place = begin + 3 * i;
                size = Math.min(size, threeBytes(data, place));
            }
            partitions[i] = new BoolReader(data, at, at + size);
            at += size;
        }
        return partitions;
    }

    private void readSteps(BoolReader reader) {
        int index = reader.number(7);
        int[] change = new int[5];
        for (int i = 0; i < change.length; i++) {
            change[i] = reader.optional(4);
        }
        for (int segment = 0; segment < SEGMENTS; segment++) {
            int base = !segmented ? index : absolute ? segmentSteps[segment] : index + segmentSteps[segment];
            steps[segment] = new int[] {
                step(Vp8Tables.DC_STEPS, base + change[0], 127),
                step(Vp8Tables.AC_STEPS, base, 127),
                2 * step(Vp8Tables.DC_STEPS, base + change[1], 127),
                Math.max(8, step(Vp8Tables.AC_STEPS, base + change[2], 127) * 155 / 100),
                step(Vp8Tables.DC_STEPS, base + change[3], 117),
                step(Vp8Tables.AC_STEPS, base + change[4], 127)
            };
        }
    }

    private static int step(int[] table, int index, int largest) {
        return table[Math.max(0, Math.min(largest, index))];
    }

    /** The filter's level for macroblocks of a segment, predicted whole or in blocks: 0 to 63. */
    int level(int segment, boolean blocks) {
        int level = !segmented ? filterLevel : segmentLevels[segment] + (absolute ? 0 : filterLevel);
        if (adjusted) {
            level += intraAdjustment + (blocks ? blocksAdjustment : 0);
        }
        return Math.max(0, Math.min(63, level));
    }
}
