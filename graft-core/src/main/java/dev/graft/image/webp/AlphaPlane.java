package dev.graft.image.webp;

import java.io.EOFException;
import java.io.IOException;

/** The opacities beside a lossy picture (RFC 9649, section 2.7.1.2). */
final class AlphaPlane {
    private static final int PLAIN = 0;
    private static final int LOSSLESS = 1;
    private static final int HORIZONTAL = 1;
    private static final int VERTICAL = 2;

    private AlphaPlane() {}

    /** One byte a pixel, 255 being opaque. */
    static byte[] decode(byte[] data, int begin, int end, int width, int height) throws IOException {
        if (begin == end) {
            throw new EOFException("no opacities");
        }
        int compression = data[begin] & 3;
        int filter = data[begin] >> 2 & 3;
        byte[] alpha = new byte[Math.multiplyExact(width, height)];
        if (compression == PLAIN) {
            if (end - begin - 1 < alpha.length) {
                throw new EOFException((end - begin - 1) + " opacities of " + alpha.length);
            }
            System.arraycopy(data, begin + 1, alpha, 0, alpha.length);
        } else if (compression == LOSSLESS) {
            int[] pixels = LosslessDecoder.decode(data, begin + 1, end, width, height);
            for (int i = 0; i < alpha.length; i++) {
                alpha[i] = (byte) (pixels[i] >> 8);
            }
        } else {
            throw new IOException("opacities of compression " + compression);
        }
        if (filter != 0) {
            undo(filter, alpha, width);
        }
        return alpha;
    }

    private static void undo(int filter, byte[] alpha, int width) {
        for (int i = 1; i < Math.min(width, alpha.length); i++) {
            alpha[i] += alpha[i - 1];
        }
        for (int row = width; row < alpha.length; row += width) {
            alpha[row] += alpha[row - width];
            for (int i = row + 1; i < row + width; i++) {
                alpha[i] += filter == HORIZONTAL
                        ? alpha[i - 1]
                        : filter == VERTICAL ? alpha[i - width] : gradient(alpha, i, width);
            }
        }
    }

    private static byte gradient(byte[] alpha, int at, int width) {
        int left = alpha[at - 1] & 0xFF;
        int above = alpha[at - width] & 0xFF;
        int corner = alpha[at - width - 1] & 0xFF;
        return (byte) Vp8Transform.clipped(left + above - corner);
    }
}
