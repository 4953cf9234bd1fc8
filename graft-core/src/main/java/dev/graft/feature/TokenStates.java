package dev.graft.feature;

/**
 * How the rows of sequences are kept: only the tokens that are there, in 32 bits or, where that is much, in 16.
 *
 * @param lengths the tokens of each row
 * @param width values of a token
 */
@SuppressWarnings("ArrayRecordComponent")
public record TokenStates(int[] lengths, int width) {
    /**
     * Half a gibibyte in 32 bits. A number of its own and not the memory that is free: what is trained on the rows must not
     * depend on the machine.
     */
    static final long MOST_BYTES_IN_32_BITS = 512L << 20;

    /** The values of all rows together. */
    long values() {
        long tokens = 0;
        for (int length : lengths) {
            tokens += length;
        }
        return tokens * width;
    }

    /** Whether the rows are kept as 16-bit numbers: it follows from the data and the network alone. */
    public boolean inHalfPrecision() {
        return Float.BYTES * values() > MOST_BYTES_IN_32_BITS;
    }

    /** The values of a row on average, the number of its tokens included, rounded up. */
    public int meanRowLength() {
        return 1 + Math.toIntExact((values() + lengths.length - 1) / Math.max(1, lengths.length));
    }

    /** The values of a row, the number of its tokens included. */
    public int rowLength(int row) {
        return 1 + lengths[row] * width;
    }
}
