package dev.graft.optimization;

/**
 * The rows of a regression, and the two products that its solver needs. An implementation may hold native memory;
 * whoever made it closes it.
 */
public interface DesignMatrix extends AutoCloseable {
    /** Makes a matrix of rows that lie one after the other: (rows, width). */
    @FunctionalInterface
    interface Maker {
        /** A matrix of these rows, which may be kept and must not change. */
        DesignMatrix of(float[] rows, int width);
    }

    /** The number of rows. */
    int rows();

    /** The number of features in a row. */
    int width();

    /**
     * Writes rows x weightsᵀ.
     *
     * @param weights (logits, width) at its beginning; what lies behind is not read
     * @param logits the number of logits
     * @param target receives (rows, logits)
     */
    void multiply(double[] weights, int logits, double[] target);

    /**
     * Writes residualsᵀ x rows.
     *
     * @param residuals (rows, logits)
     * @param logits the number of logits
     * @param target receives (logits, width) at its beginning
     */
    void multiplyTransposed(double[] residuals, int logits, double[] target);

    /** The sum of the squares of all values. */
    double squaredLength();

    @Override
    void close();

    /** A matrix in Java's memory, for few rows. */
    static DesignMatrix inJava(float[] rows, int width) {
        return new PlainMatrix(rows, width);
    }
}
