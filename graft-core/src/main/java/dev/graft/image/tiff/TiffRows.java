package dev.graft.image.tiff;

import java.io.IOException;
import java.nio.ByteOrder;

/** The uncompressed bytes of one tile or strip, taken apart into samples. */
final class TiffRows {
    private final byte[] bytes;
    private final int[] bits;
    private final int rowBytes;
    private final boolean littleEndian;

    /**
     * Expands a tile.
     *
     * @param bits bits of each sample of a pixel: of all, or of the one whose plane this is
     */
    TiffRows(TiffForm form, byte[] stored, int[] bits, int width, int rows, ByteOrder order) throws IOException {
        this.bits = bits;
        this.rowBytes = Math.toIntExact(rowBytes(bits, width));
        this.littleEndian = order == ByteOrder.LITTLE_ENDIAN;
        this.bytes = new byte[Math.multiplyExact(rowBytes, rows)];
        TiffCompression.expand(form.compression(), stored, bytes);
        if (form.predictor() == 2) {
            for (int row = 0; row < rows; row++) {
                sumUp(row * rowBytes);
            }
        }
    }

    /** The bytes of a row of so many pixels. */
    static long rowBytes(int[] bits, int width) {
        long sum = 0;
        for (int one : bits) {
            sum += one;
        }
        return (sum * width + 7) / 8;
    }

    /** Undoes the horizontal differences: each sample was stored as what it has more than the one to its left. */
    private void sumUp(int begin) {
        int step = bits.length;
        if (bits[0] == 8) {
            for (int i = begin + step; i < begin + rowBytes; i++) {
                bytes[i] += bytes[i - step];
            }
            return;
        }
        for (int i = begin + 2 * step; i + 1 < begin + rowBytes; i += 2) {
            int sum = word(i) + word(i - 2 * step);
            bytes[i] = (byte) (littleEndian ? sum : sum >> 8);
            bytes[i + 1] = (byte) (littleEndian ? sum >> 8 : sum);
        }
    }

    private int word(int at) {
        int first = bytes[at] & 0xFF;
        int second = bytes[at + 1] & 0xFF;
        return littleEndian ? second << 8 | first : first << 8 | second;
    }

    /**
     * Copies the samples of one row.
     *
     * @param pixels how many pixels from the left
     * @param into receives them at {@code first}, {@code first + step} and so on if each sample has its plane, else pixel
     *     by pixel
     */
    void copy(int row, int pixels, int[] into, int first, int step) {
        int begin = row * rowBytes;
        int count = pixels * bits.length;
        int to = first;
        if (allOf(8)) {
            for (int i = 0; i < count; i++, to += step) {
                into[to] = bytes[begin + i] & 0xFF;
            }
        } else if (allOf(16)) {
            for (int i = 0; i < count; i++, to += step) {
                into[to] = word(begin + 2 * i);
            }
        } else {
            long bit = 8L * begin;
            for (int i = 0; i < count; i++, to += step) {
                int width = bits[i % bits.length];
                into[to] = packed(bit, width);
                bit += width;
            }
        }
    }

    private boolean allOf(int width) {
        for (int one : bits) {
            if (one != width) {
                return false;
            }
        }
        return true;
    }

    /** Bits from the highest to the lowest, in either byte order. */
    private int packed(long bit, int width) {
        int value = 0;
        for (long at = bit; at < bit + width; at++) {
            value = value << 1 | (bytes[(int) (at >> 3)] >> (7 - (int) (at & 7)) & 1);
        }
        return value;
    }
}
