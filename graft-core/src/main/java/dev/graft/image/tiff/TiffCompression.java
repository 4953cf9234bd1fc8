package dev.graft.image.tiff;

import dev.graft.error.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Undoes the compressions whose results are bytes: PackBits, LZW (TIFF 6.0, sections 9 and 13) and Deflate. */
final class TiffCompression {
    private static final int NONE = 1;
    private static final int LZW = 5;
    static final int OLD_JPEG = 6;
    private static final int JPEG = 7;
    private static final int DEFLATE = 8;
    private static final int OLD_DEFLATE = 32946;
    private static final int PACK_BITS = 32773;

    private TiffCompression() {}

    static boolean known(long compression) {
        return compression == NONE || compression == PACK_BITS || predicts(compression);
    }

    /** Whether a predictor has a meaning beside a compression. */
    static boolean predicts(long compression) {
        return compression == LZW || compression == DEFLATE || compression == OLD_DEFLATE;
    }

    static boolean jpeg(long compression) {
        return compression == JPEG || compression == OLD_JPEG;
    }

    static boolean fax(long compression) {
        return compression >= 2 && compression <= 4;
    }

    /**
     * Fills an array with what compressed bytes stand for; more than it takes is left.
     *
     * @throws EOFException if it is not filled
     */
    static void expand(long compression, byte[] stored, byte[] into) throws IOException {
        switch ((int) compression) {
            case NONE -> {
                requireFilled(stored.length, into);
                System.arraycopy(stored, 0, into, 0, into.length);
            }
            case PACK_BITS -> unpackBits(stored, into);
            case LZW -> Lzw.expand(stored, into);
            case DEFLATE, OLD_DEFLATE -> inflate(stored, into);
            default -> throw new IOException("compression " + compression);
        }
    }

    static void requireFilled(int count, byte[] into) throws EOFException {
        if (count < into.length) {
            throw new EOFException(count + " bytes of " + into.length);
        }
    }

    private static void unpackBits(byte[] stored, byte[] into) throws EOFException {
        int from = 0;
        int to = 0;
        while (to < into.length && from < stored.length) {
            int head = stored[from++];
            if (head >= 0) {
                int count = Math.min(head + 1, Math.min(into.length - to, stored.length - from));
                System.arraycopy(stored, from, into, to, count);
                from += head + 1;
                to += count;
            } else if (head != -128 && from < stored.length) {
                int end = Math.min(into.length, to + 1 - head);
                Arrays.fill(into, to, end, stored[from++]);
                to = end;
            }
        }
        requireFilled(to, into);
    }

    private static void inflate(byte[] stored, byte[] into) throws IOException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(stored);
            int to = 0;
            while (to < into.length) {
                int count = inflater.inflate(into, to, into.length - to);
                if (count == 0) {
                    break;
                }
                to += count;
            }
            requireFilled(to, into);
        } catch (DataFormatException e) {
            throw new IOException("wrong Deflate data: " + Reason.of(e), e);
        } finally {
            inflater.end();
        }
    }
}
