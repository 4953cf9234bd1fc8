package dev.graft.image.webp;

/** The inverse transforms of RFC 6386, section 14, whose roundings are part of the format. */
final class Vp8Transform {
    private static final int COSINE = 20091;
    private static final int SINE = 35468;

    private Vp8Transform() {}

    /** Walsh and Hadamard's: from the coefficients of luma's first coefficients to these, one for each of 16 blocks. */
    static void firsts(int[] in, int[] coefficients) {
        int[] half = new int[16];
        for (int i = 0; i < 4; i++) {
            int a = in[i] + in[12 + i];
            int b = in[4 + i] + in[8 + i];
            int c = in[4 + i] - in[8 + i];
            int d = in[i] - in[12 + i];
            half[i] = a + b;
            half[4 + i] = d + c;
            half[8 + i] = a - b;
            half[12 + i] = d - c;
        }
        for (int i = 0; i < 4; i++) {
            int first = half[4 * i] + 3;
            int a = first + half[4 * i + 3];
            int b = half[4 * i + 1] + half[4 * i + 2];
            int c = half[4 * i + 1] - half[4 * i + 2];
            int d = first - half[4 * i + 3];
            coefficients[16 * (4 * i)] = (short) ((a + b) >> 3);
            coefficients[16 * (4 * i + 1)] = (short) ((d + c) >> 3);
            coefficients[16 * (4 * i + 2)] = (short) ((a - b) >> 3);
            coefficients[16 * (4 * i + 3)] = (short) ((d - c) >> 3);
        }
    }

    /** The cosine transform of one block, whose result is added to the prediction in a plane. */
    static void add(int[] in, int from, byte[] plane, int at, int stride, int[] half) {
        for (int i = 0; i < 4; i++) {
            int a = in[from + i] + in[from + 8 + i];
            int b = in[from + i] - in[from + 8 + i];
            int c = sine(in[from + 4 + i]) - cosine(in[from + 12 + i]);
            int d = cosine(in[from + 4 + i]) + sine(in[from + 12 + i]);
            half[4 * i] = a + d;
            half[4 * i + 1] = b + c;
            half[4 * i + 2] = b - c;
            half[4 * i + 3] = a - d;
        }
        for (int i = 0; i < 4; i++) {
            int first = half[i] + 4;
            int a = first + half[8 + i];
            int b = first - half[8 + i];
            int c = sine(half[4 + i]) - cosine(half[12 + i]);
            int d = cosine(half[4 + i]) + sine(half[12 + i]);
            int row = at + i * stride;
            plane[row] = sum(plane[row], a + d);
            plane[row + 1] = sum(plane[row + 1], b + c);
            plane[row + 2] = sum(plane[row + 2], b - c);
            plane[row + 3] = sum(plane[row + 3], a - d);
        }
    }

    private static int cosine(int value) {
        return ((value * COSINE) >> 16) + value;
    }

    private static int sine(int value) {
        return (value * SINE) >> 16;
    }

    private static byte sum(byte predicted, int residual) {
        return (byte) clipped((predicted & 0xFF) + (residual >> 3));
    }

    static int clipped(int value) {
        return value < 0 ? 0 : Math.min(255, value);
    }
}
