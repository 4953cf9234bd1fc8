package dev.graft.image.tiff;

import java.io.IOException;

/** LZW as TIFF 6.0, section 13, has it: codes of 9 to 12 bits, the highest bit first, longer one code early. */
final class Lzw {
    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int TABLE = 1 << 12;

    private final byte[] stored;
    private final byte[] into;

    /** Where in the output the text of a code begins, and how long it is: texts are copied from what was written. */
    private final int[] begin = new int[TABLE];

    private final int[] length = new int[TABLE];

    private int buffer;
    private int bitsLeft;
    private int from;

    private Lzw(byte[] stored, byte[] into) {
        this.stored = stored;
        this.into = into;
    }

    static void expand(byte[] stored, byte[] into) throws IOException {
        if (stored.length > 1 && stored[0] == 0 && (stored[1] & 1) == 1) {
            throw new IOException("LZW of the kind before TIFF 6.0, with the lowest bit first");
        }
        TiffCompression.requireFilled(new Lzw(stored, into).run(), into);
    }

    private int run() throws IOException {
        int to = 0;
        int next = CLEAR + 2;
        int width = 9;
        int previousBegin = -1;
        int previousLength = 0;
        while (to < into.length) {
            int code = code(width);
            if (code < 0 || code == END) {
                break;
            }
            if (code == CLEAR) {
                next = CLEAR + 2;
                width = 9;
                previousBegin = -1;
                continue;
            }
            if (code > next || (code == next && previousBegin < 0)) {
                throw new IOException("wrong LZW code " + code);
            }
            int start = to;
            if (previousBegin >= 0 && next < TABLE) {
                // The text before and the first byte of this one, which is about to be written right behind it.
                begin[next] = previousBegin;
                length[next++] = previousLength + 1;
            }
            if (code < CLEAR) {
                into[to++] = (byte) code;
            } else {
                to = copy(code, to);
            }
            previousBegin = start;
            previousLength = to - start;
            if (next >= (1 << width) - 1 && width < 12) {
                width++;
            }
        }
        return to;
    }

    private int copy(int code, int to) {
        int end = Math.min(into.length, to + length[code]);
        for (int i = begin[code], j = to; j < end; i++, j++) {
            into[j] = into[i];
        }
        return end;
    }

    private int code(int width) {
        while (bitsLeft < width) {
            if (from == stored.length) {
                return -1;
            }
            buffer = buffer << 8 | (stored[from++] & 0xFF);
            bitsLeft += 8;
        }
        bitsLeft -= width;
        return buffer >>> bitsLeft & ((1 << width) - 1);
    }
}
