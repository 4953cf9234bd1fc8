package dev.graft.weights;

import dev.graft.error.Problem;
import dev.graft.error.WeightsMismatchException;
import java.util.Arrays;

/**
 * A float32 tensor in Java memory, row-major: the last axis varies fastest.
 *
 * <p>Two tensors are equal when shapes and values agree bit for bit, so a NaN equals itself and 0.0 differs from -0.0.
 * The values are shared with the caller, not copied, because weights are large: whoever makes a tensor gives its array
 * away, and whoever reads one leaves it unchanged. Under that rule a tensor is safe to use from many threads.
 *
 * @param shape the dimensions, outermost first; empty for a scalar; copied in and out
 * @param values the elements, as many as the product of the dimensions
 */
@SuppressWarnings("ArrayRecordComponent") // equality and copies are defined below
public record FloatTensor(long[] shape, float[] values) {

    /**
     * Checks that shape and values agree.
     *
     * @throws WeightsMismatchException if a dimension is negative or the product of the dimensions is not the number of
     *     values
     */
    public FloatTensor {
        shape = shape.clone();
        long elements;
        try {
            elements = Shapes.elements(shape);
        } catch (ArithmeticException e) {
            throw new WeightsMismatchException(
                    Problem.of("A tensor cannot have the shape " + Shapes.text(shape) + ".")
                            .expected("dimensions of 0 or more, whose product fits 63 bits")
                            .found(e)
                            .fix("pass the real dimensions"),
                    e);
        }
        if (elements != values.length) {
            throw new WeightsMismatchException(Problem.of("A tensor's shape does not match its values.")
                    .expected(elements + " values for the shape " + Shapes.text(shape))
                    .found(values.length + " values")
                    .fix("pass all values in row-major order, or the shape they really have"));
        }
    }

    /**
     * Makes a tensor of the given shape around the given values, which are not copied.
     *
     * @throws WeightsMismatchException if the product of the dimensions is not the number of values
     */
    public static FloatTensor of(float[] values, long... shape) {
        return new FloatTensor(shape, values);
    }

    /** A copy of the dimensions, outermost first. */
    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** The number of elements. */
    public long elements() {
        return values.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FloatTensor that
                && Arrays.equals(shape, that.shape)
                && values.length == that.values.length
                && sameBits(values, that.values);
    }

    private static boolean sameBits(float[] left, float[] right) {
        for (int i = 0; i < left.length; i++) {
            if (Float.floatToRawIntBits(left[i]) != Float.floatToRawIntBits(right[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = Arrays.hashCode(shape);
        for (float value : values) {
            hash = 31 * hash + Float.floatToRawIntBits(value);
        }
        return hash;
    }

    @Override
    public String toString() {
        return "FloatTensor" + Shapes.text(shape);
    }
}
