package dev.graft.feature;

/**
 * Rows of float32 numbers, one for each example: prepared images or cached activations. A feature map lies in a row as
 * (height, width, channels), channels innermost. Safe for use by several threads.
 */
public interface Rows {
    /** The number of rows. */
    int count();

    /** The number of values in a row. */
    int width();

    /** Writes one row into {@code target} from {@code offset} on. */
    void read(int row, float[] target, int offset);
}
