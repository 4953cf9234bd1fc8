package dev.graft.weights;

import java.util.Arrays;

/**
 * What a file says about one tensor.
 *
 * @param name the tensor's name
 * @param type its element type in the file
 * @param shape its dimensions, outermost first; empty for a scalar; copied in and out
 * @param begin its first byte, counted from the start of the file; in safetensors, from the data area that
 *     follows the header
 * @param end the byte after its last, counted likewise
 */
@SuppressWarnings("ArrayRecordComponent") // equality and copies are defined below
public record TensorInfo(String name, TensorType type, long[] shape, long begin, long end) {

    /** Takes a copy of the shape. */
    public TensorInfo {
        shape = shape.clone();
    }

    /** A copy of the dimensions, outermost first. */
    @Override
    public long[] shape() {
        return shape.clone();
    }

    /**
     * The number of elements, 1 for a scalar.
     *
     * @throws ArithmeticException if it leaves the range of {@code long}, which no checked file allows
     */
    public long elements() {
        return Shapes.elements(shape);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TensorInfo that
                && name.equals(that.name)
                && type == that.type
                && Arrays.equals(shape, that.shape)
                && begin == that.begin
                && end == that.end;
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
        return Names.quote(name) + " " + type + Shapes.text(shape) + " bytes " + begin + " to " + end;
    }
}
