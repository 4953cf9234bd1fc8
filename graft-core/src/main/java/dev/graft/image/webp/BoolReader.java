package dev.graft.image.webp;

import java.io.EOFException;

/** The arithmetic decoder of VP8 (RFC 6386, section 7): one bit at a time, each with the probability of being 0. */
final class BoolReader {
    private final byte[] data;
    private final int end;
    private int at;

    /** What was read and is not used up: {@code 8 + spare} bits. */
    private int value;

    private int spare = -8;
    private int range = 255;
    private boolean past;

    BoolReader(byte[] data, int begin, int end) {
        this.data = data;
        this.at = begin;
        this.end = end;
    }

    private void load() {
        while (spare < 0) {
            if (at < end) {
                value = value << 8 | (data[at++] & 0xFF);
            } else {
                value <<= 8;
                past = true;
            }
            spare += 8;
        }
    }

    /** Whether more was asked for than there is. */
    boolean past() {
        return past;
    }

    void requireNotPast(String what) throws EOFException {
        if (past) {
            throw new EOFException("it ends within " + what);
        }
    }

    /** One bit, 0 or 1. */
    int bit(int probability) {
        if (spare < 0) {
            load();
        }
        int split = 1 + (((range - 1) * probability) >> 8);
        int whole = split << spare;
        int bit;
        if (value >= whole) {
            range -= split;
            value -= whole;
            bit = 1;
        } else {
            range = split;
            bit = 0;
        }
        int shift = Integer.numberOfLeadingZeros(range) - 24;
        range <<= shift;
        spare -= shift;
        return bit;
    }

    boolean flag() {
        return bit(128) == 1;
    }

    /** An unsigned number, the highest bit first. */
    int number(int bits) {
        int number = 0;
        for (int i = 0; i < bits; i++) {
            number = number << 1 | bit(128);
        }
        return number;
    }

    /** A number and its sign. */
    int signed(int bits) {
        int number = number(bits);
        return flag() ? -number : number;
    }

    /** A number and its sign behind a flag that says whether there is one; 0 if not. */
    int optional(int bits) {
        return flag() ? signed(bits) : 0;
    }
}
