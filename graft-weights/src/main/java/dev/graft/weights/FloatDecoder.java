package dev.graft.weights;

import java.nio.ByteBuffer;

/** Turns little-endian bytes of the floating-point types into float32. */
final class FloatDecoder {
    private FloatDecoder() {}

    /** Decodes {@code count} elements from the buffer's start. Values beyond the range of float32 become infinite. */
    static void decode(TensorType type, ByteBuffer from, float[] target, int offset, int count) {
        switch (type) {
            case F32 -> from.asFloatBuffer().get(target, offset, count);
            case F64 -> {
                for (int i = 0; i < count; i++) {
                    target[offset + i] = (float) from.getDouble(i * Double.BYTES);
                }
            }
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    target[offset + i] = fromHalf(from.getShort(i * Short.BYTES));
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    target[offset + i] = Float.intBitsToFloat(from.getShort(i * Short.BYTES) << 16);
                }
            }
            default -> throw new IllegalArgumentException(type + " does not read as float32");
        }
    }

    /** IEEE 754 binary16 to binary32, exactly. */
    static float fromHalf(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >> 10 & 0x1f;
        int mantissa = half & 0x3ff;
        if (exponent == 0) {
            // Zero or subnormal: the mantissa counts steps of 2^-24.
            float magnitude = mantissa * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int widened = exponent == 0x1f ? 0xff : exponent - 15 + 127;
        return Float.intBitsToFloat(sign | widened << 23 | mantissa << 13);
    }
}
