package dev.graft.image.webp;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * A canonical prefix code of lengths up to 15 (RFC 9649, section 3.7.2), read with one look into a table, or two for long
 * codes. A table is no larger than the lengths in it ask for, so that a small file cannot ask for much memory.
 */
final class PrefixCode {
    private static final int LONGEST = 15;
    private static final int FIRST_BITS = 8;
    private static final int[] ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    /** Symbol and length by the next bits, {@code symbol << 4 | length}; of long codes the place of a second table. */
    private final int[] table;

    private final int firstBits;

    private PrefixCode(int[] table, int firstBits) {
        this.table = table;
        this.firstBits = firstBits;
    }

    /** Reads a code of so many symbols. */
    static PrefixCode read(BitReader reader, int symbols) throws IOException {
        int[] lengths = new int[symbols];
        if (reader.flag()) {
            int count = 1 + reader.read(1);
            int first = reader.read(reader.flag() ? 8 : 1);
            int second = count == 2 ? reader.read(8) : first;
            if (Math.max(first, second) >= symbols) {
                throw new IOException("symbol " + Math.max(first, second) + " of a code of " + symbols);
            }
            lengths[first] = 1;
            lengths[second] = 1;
        } else {
            readLengths(reader, lengths);
        }
        return of(lengths);
    }

    private static void readLengths(BitReader reader, int[] lengths) throws IOException {
        int[] ofLengths = new int[ORDER.length];
        int count = 4 + reader.read(4);
        for (int i = 0; i < count; i++) {
            ofLengths[ORDER[i]] = reader.read(3);
        }
        PrefixCode code = of(ofLengths);
        int left = lengths.length;
        if (reader.flag()) {
            int bits = 2 + 2 * reader.read(3);
            left = 2 + reader.read(bits);
            if (left > lengths.length) {
                throw new IOException(left + " lengths for a code of " + lengths.length);
            }
        }
        int previous = 8;
        for (int at = 0; at < lengths.length && left > 0; left--) {
            int symbol = code.next(reader);
            if (symbol < 16) {
                lengths[at++] = symbol;
                previous = symbol == 0 ? previous : symbol;
                continue;
            }
            int repeats =
                    switch (symbol) {
                        case 16 -> 3 + reader.read(2);
                        case 17 -> 3 + reader.read(3);
                        default -> 11 + reader.read(7);
                    };
            if (at + repeats > lengths.length) {
                throw new IOException("more lengths than a code has symbols");
            }
            Arrays.fill(lengths, at, at + repeats, symbol == 16 ? previous : 0);
            at += repeats;
        }
    }

    /** Makes the code of given lengths; 0 is for symbols that do not occur. */
    private static PrefixCode of(int[] lengths) throws IOException {
        int[] counts = new int[LONGEST + 1];
        int only = -1;
        int used = 0;
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                counts[lengths[symbol]]++;
                only = symbol;
                used++;
            }
        }
        if (used == 1) {
            return new PrefixCode(new int[] {only << 4}, 0);
        }
        int longest = 0;
        int places = 0;
        for (int length = 1; length <= LONGEST; length++) {
            places += counts[length] << (LONGEST - length);
            longest = counts[length] > 0 ? length : longest;
        }
        if (places != 1 << LONGEST) {
            throw new IOException("a code whose lengths do not fit together");
        }
        return fill(lengths, counts, longest);
    }

    private static PrefixCode fill(int[] lengths, int[] counts, int longest) {
        int[] next = new int[LONGEST + 2];
        for (int length = 1; length <= LONGEST; length++) {
            next[length + 1] = (next[length] + counts[length]) << 1;
        }
        int firstBits = Math.min(FIRST_BITS, longest);
        int[] codes = new int[lengths.length];
        int[] deepest = new int[1 << firstBits];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            if (length > 0) {
                codes[symbol] = Integer.reverse(next[length]++) >>> (32 - length);
                int root = codes[symbol] & ((1 << firstBits) - 1);
                deepest[root] = Math.max(deepest[root], length);
            }
        }
        int size = 1 << firstBits;
        int[] second = new int[size];
        for (int root = 0; root < second.length; root++) {
            if (deepest[root] > firstBits) {
                second[root] = size;
                size += 1 << (deepest[root] - firstBits);
            }
        }
        int[] table = new int[size];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            int root = codes[symbol] & ((1 << firstBits) - 1);
            if (length > firstBits) {
                int bits = deepest[root] - firstBits;
                table[root] = -(second[root] << 4 | bits);
                for (int i = codes[symbol] >> firstBits; i < 1 << bits; i += 1 << (length - firstBits)) {
                    table[second[root] + i] = symbol << 4 | length;
                }
            } else if (length > 0) {
                for (int i = codes[symbol]; i < 1 << firstBits; i += 1 << length) {
                    table[i] = symbol << 4 | length;
                }
            }
        }
        return new PrefixCode(table, firstBits);
    }

    /** Reads a symbol. */
    int next(BitReader reader) throws EOFException {
        int entry = table[reader.peek(firstBits)];
        if (entry < 0) {
            int bits = -entry & 15;
            entry = table[(-entry >> 4) + (reader.peek(firstBits + bits) >> firstBits)];
        }
        reader.pass(entry & 15);
        return entry >> 4;
    }
}
