package dev.graft.feature;

/** Rows that are appended once and then read. */
interface KeptRows extends Rows, AutoCloseable {
    /** Takes whole rows, one after the other, after those before. */
    void append(float[] rows);

    /** Fails unless all rows are there. */
    void requireComplete();

    /** Ends its use. */
    @Override
    void close();
}
