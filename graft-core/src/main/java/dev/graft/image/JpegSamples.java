package dev.graft.image;

import dev.graft.data.Image;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * A JPEG file's components as grey or colour. The platform's reader is asked for the components alone, because its own
 * conversion follows embedded colour profiles, guesses differently from most imaging libraries, and knows no CMYK. Files of which none of this
 * is true need not come here.
 */
final class JpegSamples {
    // BT.601 in 16-bit fixed point, rounded as the IJG's library does.
    private static final int BITS = 16;
    private static final int HALF = 1 << (BITS - 1);
    private static final int[] CR_TO_RED = new int[256];
    private static final int[] CB_TO_BLUE = new int[256];
    private static final int[] CR_TO_GREEN = new int[256];
    private static final int[] CB_TO_GREEN = new int[256];

    static {
        for (int i = 0; i < 256; i++) {
            int chroma = i - 128;
            CR_TO_RED[i] = (fixed(1.402) * chroma + HALF) >> BITS;
            CB_TO_BLUE[i] = (fixed(1.772) * chroma + HALF) >> BITS;
            CR_TO_GREEN[i] = -fixed(0.714136286) * chroma;
            CB_TO_GREEN[i] = -fixed(0.344136286) * chroma + HALF;
        }
    }

    private JpegSamples() {}

    private static int fixed(double value) {
        return (int) (value * (1 << BITS) + 0.5);
    }

    /** Makes an image of 1, 3 or 4 components. */
    static Image of(Raster raster, JpegHeader header) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        int bands = raster.getNumBands();
        int channels = bands == 1 ? 1 : 3;
        byte[] pixels = new byte[Math.multiplyExact(Math.multiplyExact(height, width), channels)];
        byte[] row = new byte[width * bands];
        for (int y = 0; y < height; y++) {
            raster.getDataElements(0, y, width, 1, row);
            if (bands >= 3 && header.hasLuma()) {
                fromLuma(row, bands);
            }
            if (bands == 4) {
                fromInk(row, header.hasLuma(), pixels, y * width * 3);
            } else {
                System.arraycopy(row, 0, pixels, y * row.length, row.length);
            }
        }
        return new Image(height, width, channels, pixels);
    }

    /** Decoded straight into an array of red, green and blue, by the reader's own native conversion. */
    static Image converted(PlatformReader file) throws IOException {
        ImageReader reader = file.reader();
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        byte[] pixels = new byte[Math.multiplyExact(Math.multiplyExact(height, width), 3)];
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(pixels, pixels.length), width, height, 3 * width, 3, new int[] {0, 1, 2}, null);
        ColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        ImageReadParam into = reader.getDefaultReadParam();
        into.setDestination(new BufferedImage(colors, raster, false, null));
        reader.read(0, into);
        file.requireNothingLost();
        return new Image(height, width, 3, pixels);
    }

    private static void fromLuma(byte[] row, int bands) {
        for (int i = 0; i < row.length; i += bands) {
            int luma = row[i] & 0xFF;
            int blueness = row[i + 1] & 0xFF;
            int redness = row[i + 2] & 0xFF;
            row[i] = clipped(luma + CR_TO_RED[redness]);
            row[i + 1] = clipped(luma + ((CB_TO_GREEN[blueness] + CR_TO_GREEN[redness]) >> BITS));
            row[i + 2] = clipped(luma + CB_TO_BLUE[blueness]);
        }
    }

    /** Adobe stores ink inverted, and so does, in practice, everybody: 255 is no ink. YCCK stands for its negative. */
    private static void fromInk(byte[] row, boolean negative, byte[] pixels, int offset) {
        int to = offset;
        for (int i = 0; i < row.length; i += 4) {
            int noBlack = row[i + 3] & 0xFF;
            for (int c = 0; c < 3; c++) {
                int stored = row[i + c] & 0xFF;
                int ink = negative ? stored : 255 - stored;
                pixels[to++] = (byte) (noBlack - share(ink, noBlack));
            }
        }
    }

    /** a x b / 255, rounded. */
    static int share(int a, int b) {
        int product = a * b + 128;
        return (product + (product >> 8)) >> 8;
    }

    private static byte clipped(int value) {
        return (byte) Math.min(255, Math.max(0, value));
    }
}
