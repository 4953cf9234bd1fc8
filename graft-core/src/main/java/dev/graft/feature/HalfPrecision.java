package dev.graft.feature;

/**
 * Numbers in 16 bits: binary16 of IEEE 754-2008, 11 significant bits between 6e-5 and 65504. A float32 becomes the nearest of
 * them, of two that are equally near the one whose last bit is zero, as NumPy and PyTorch convert too; what is too large for
 * any becomes the largest, not infinite, so that what is computed of it stays finite.
 */
final class HalfPrecision {
    private static final int SIGN = 0x8000;
    private static final int LARGEST = 0x7bff;
    private static final int INFINITE = 0x7c00;
    private static final int NOT_A_NUMBER = 0x7e00;
    private static final int MANTISSA = 10;

    // In float32's bits: how many more a mantissa has, and what the exponents differ by.
    private static final int DROPPED = 23 - MANTISSA;
    private static final int REBIAS = 127 - 15;

    private static final float[] VALUES = values();

    private HalfPrecision() {}

    /** The nearest number of 16 bits. */
    static short of(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & SIGN;
        int magnitude = bits & 0x7fffffff;
        if (magnitude >= 0x7f800000) {
            return (short) (sign | (magnitude > 0x7f800000 ? NOT_A_NUMBER : INFINITE));
        }
        int exponent = (magnitude >>> 23) - REBIAS;
        if (exponent > 0) {
            // Rounding up may carry into the exponent, which is right.
            int half = rounded(magnitude, DROPPED) - (REBIAS << MANTISSA);
            return (short) (sign | Math.min(half, LARGEST));
        }
        // Subnormal: the leading one is written out, and moved to the place of 2^-24.
        int shift = DROPPED + 1 - exponent;
        return (short) (shift > 24 ? sign : sign | rounded((magnitude & 0x7fffff) | 0x800000, shift));
    }

    /** Without its last bits, rounded to the nearest, to even where two are equally near. */
    private static int rounded(int bits, int dropped) {
        int kept = bits >>> dropped;
        int rest = bits & ((1 << dropped) - 1);
        int middle = 1 << (dropped - 1);
        return rest > middle || (rest == middle && (kept & 1) == 1) ? kept + 1 : kept;
    }

    /** The value, exactly. */
    static float value(short half) {
        return VALUES[half & 0xffff];
    }

    private static float[] values() {
        float[] values = new float[1 << 16];
        for (int half = 0; half < values.length; half++) {
            int exponent = (half >> MANTISSA) & 0x1f;
            int mantissa = half & ((1 << MANTISSA) - 1);
            float magnitude;
            if (exponent == 0) {
                magnitude = Math.scalb((float) mantissa, -24);
            } else if (exponent == 0x1f) {
                magnitude = mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            } else {
                magnitude = Math.scalb((float) (mantissa + (1 << MANTISSA)), exponent - 25);
            }
            values[half] = (half & SIGN) == 0 ? magnitude : -magnitude;
        }
        return values;
    }
}
