package dev.graft.feature;

/**
 * How the rows of sequences are kept: only the tokens that are there, in 32 bits or, where that is much, in 16.
 *
 * @param lengths the tokens of each row
 * @param width values of a token
 * @param inHalfPrecision whether the rows are kept as 16-bit numbers
 */
@SuppressWarnings("ArrayRecordComponent")
public record TokenStates(int[] lengths, int width, boolean inHalfPrecision) {
    /**
     * Half a gibibyte in 32 bits. A number of its own and not the memory that is free: what is trained on the rows must not
     * depend on the machine.
     */
    private static final long MOST_BYTES_IN_32_BITS = 512L << 20;

    /** Rows of so many tokens each. The data and the network alone say in how many bits they are kept. */
    public static TokenStates of(int[] lengths, int width) {
        boolean large = Float.BYTES * values(lengths, width) > MOST_BYTES_IN_32_BITS;
        return new TokenStates(lengths, width, large);
    }

    private static long values(int[] lengths, int width) {
        long tokens = 0;
        for (int length : lengths) {
            tokens += length;
        }
        return tokens * width;
    }

    /** What the rows take where they are kept, in bytes. */
    long bytes() {
        return values(lengths, width) * bytesOfValue();
    }

    /** What a value takes, in bytes. */
    int bytesOfValue() {
        return inHalfPrecision ? Short.BYTES : Float.BYTES;
    }

    /** The values of a row on average, the number of its tokens included, rounded up. */
    public int meanRowLength() {
        return 1 + Math.toIntExact((values(lengths, width) + lengths.length - 1) / Math.max(1, lengths.length));
    }

    /** The values of a row, the number of its tokens included. */
    public int rowLength(int row) {
        return 1 + lengths[row] * width;
    }
}
