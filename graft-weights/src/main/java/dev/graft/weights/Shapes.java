package dev.graft.weights;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Shape arithmetic that cannot overflow unnoticed. */
final class Shapes {
    private Shapes() {}

    /**
     * The product of the dimensions, 1 for a scalar.
     *
     * @throws ArithmeticException if a dimension is negative or the product leaves the range of {@code long}
     */
    static long elements(long[] shape) {
        long product = 1;
        for (long dimension : shape) {
            if (dimension < 0) {
                throw new ArithmeticException("dimension " + dimension + " is negative");
            }
            product = Math.multiplyExact(product, dimension);
        }
        return product;
    }

    /** The shape as {@code (2, 3)}. */
    static String text(long[] shape) {
        return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", ", "(", ")"));
    }
}
