package dev.graft.image.webp;

import java.io.EOFException;

/** The bits of a lossless picture, the lowest of each byte first (RFC 9649, section 3.2). */
final class BitReader {
    private final byte[] data;
    private final int end;
    private int at;
    private long buffer;
    private int held;

    BitReader(byte[] data, int begin, int end) {
        this.data = data;
        this.at = begin;
        this.end = end;
    }

    /** The next bits, up to 24, without passing them; zeros behind the end. */
    int peek(int count) {
        while (held < count) {
            buffer |= (at < end ? data[at] & 0xFFL : 0) << held;
            at++;
            held += 8;
        }
        return (int) (buffer & ((1L << count) - 1));
    }

    /** Passes bits that were looked at. */
    void pass(int count) throws EOFException {
        buffer >>>= count;
        held -= count;
        // What is held may go beyond the end by some bytes, which are not passed.
        if (at - (held >> 3) > end) {
            throw new EOFException("it ends within the pixels");
        }
    }

    int read(int count) throws EOFException {
        int value = peek(count);
        pass(count);
        return value;
    }

    boolean flag() throws EOFException {
        return read(1) == 1;
    }
}
