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

    /**
     * Writes several rows one after the other, as many at a time as an implementation can: where a row is costly, on all
     * cores.
     *
     * @param rows which, in this order
     * @param target receives rows.length x {@link #width()} values
     */
    default void read(int[] rows, float[] target) {
        for (int i = 0; i < rows.length; i++) {
            read(rows[i], target, i * width());
        }
    }

    /**
     * Several rows one after the other, in this order. All are cut where the longest of them ends, if the rows are sequences that
     * know it: what is cut off is zeros. They are then narrower than {@link #width()}, and equally wide.
     */
    default float[] values(int[] rows) {
        float[] values = new float[Math.multiplyExact(rows.length, width())];
        read(rows, values);
        return values;
    }

    /** Returns a view that reads several rows by the calling thread alone: for work that has been given one core. */
    default Rows byOneThread() {
        Rows rows = this;
        return new Rows() {
            @Override
            public int count() {
                return rows.count();
            }

            @Override
            public int width() {
                return rows.width();
            }

            @Override
            public void read(int row, float[] target, int offset) {
                rows.read(row, target, offset);
            }
        };
    }
}
