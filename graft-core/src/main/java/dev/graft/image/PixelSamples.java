package dev.graft.image;

import dev.graft.data.Image;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Takes the samples out of a decoded picture as the file has them. Java's own drawing would convert between colour
 * spaces, and its grey is linear light: a stored 100 would come out as 168. Sample values of another depth are scaled to
 * 0 to 255 and rounded; transparent parts are laid over black.
 */
final class PixelSamples {
    private PixelSamples() {}

    /** Whether a picture has a form that {@link #of} understands. */
    static boolean understood(BufferedImage picture) {
        ColorModel colors = picture.getColorModel();
        int kind = colors.getColorSpace().getType();
        return colors instanceof IndexColorModel || kind == ColorSpace.TYPE_GRAY || kind == ColorSpace.TYPE_RGB;
    }

    /** Lays a grey that stands for transparent over black. */
    static Image overBlack(Image grey, int transparent, Set<Oddity> oddities) {
        byte[] samples = grey.pixels().clone();
        for (int i = 0; i < samples.length; i++) {
            if ((samples[i] & 0xFF) == transparent) {
                samples[i] = 0;
                oddities.add(Oddity.TRANSPARENT);
            }
        }
        return new Image(grey.height(), grey.width(), grey.channels(), samples);
    }

    /** Takes them, and tells of what was converted. */
    static Image of(BufferedImage picture, Set<Oddity> oddities) {
        ColorModel colors = picture.getColorModel();
        Raster raster = picture.getRaster();
        if (colors instanceof IndexColorModel palette) {
            return ofPalette(raster, palette, oddities);
        }
        boolean plainBytes = raster.getTransferType() == DataBuffer.TYPE_BYTE
                && raster.getSampleModel() instanceof ComponentSampleModel
                && !colors.hasAlpha()
                && colors.getComponentSize(0) == 8;
        return plainBytes ? ofBytes(raster) : ofBands(raster, colors, oddities);
    }

    /** Most pictures: nothing to convert. */
    private static Image ofBytes(Raster raster) {
        byte[] samples = (byte[]) raster.getDataElements(0, 0, raster.getWidth(), raster.getHeight(), null);
        return new Image(raster.getHeight(), raster.getWidth(), raster.getNumBands(), samples);
    }

    /** A palette of greys alone is a grey picture: so do PNG files of 1, 2 and 4 bits arrive. */
    private static Image ofPalette(Raster raster, IndexColorModel palette, Set<Oddity> oddities) {
        int[] argb = new int[palette.getMapSize()];
        palette.getRGBs(argb);
        boolean grey = IntStream.of(argb).allMatch(color -> red(color) == green(color) && green(color) == blue(color));
        int channels = grey ? 1 : 3;
        int width = raster.getWidth();
        byte[] samples = new byte[raster.getHeight() * width * channels];
        int[] row = new int[width];
        boolean transparent = false;
        int at = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(0, y, width, 1, 0, row);
            for (int index : row) {
                int color = index < argb.length ? argb[index] : 0xFF000000;
                int alpha = color >>> 24;
                transparent |= alpha < 255;
                samples[at++] = overBlack(red(color), 255, alpha, 255);
                if (!grey) {
                    samples[at++] = overBlack(green(color), 255, alpha, 255);
                    samples[at++] = overBlack(blue(color), 255, alpha, 255);
                }
            }
        }
        if (transparent) {
            oddities.add(Oddity.TRANSPARENT);
        }
        return new Image(raster.getHeight(), width, channels, samples);
    }

    private static Image ofBands(Raster raster, ColorModel colors, Set<Oddity> oddities) {
        int bands = raster.getNumBands();
        int channels = colors.getNumColorComponents();
        int width = raster.getWidth();
        int[] largest = IntStream.range(0, bands)
                .map(band -> (1 << colors.getComponentSize(band)) - 1)
                .toArray();
        byte[] samples = new byte[raster.getHeight() * width * channels];
        int[] row = new int[width * bands];
        boolean transparent = false;
        // Colours that are multiplied by their opacity already lie over black.
        boolean laid = colors.isAlphaPremultiplied();
        int at = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int from = 0; from < row.length; from += bands) {
                int alpha = colors.hasAlpha() ? row[from + channels] : 1;
                int opaque = colors.hasAlpha() ? largest[channels] : 1;
                transparent |= alpha < opaque;
                for (int c = 0; c < channels; c++) {
                    samples[at++] = overBlack(row[from + c], largest[c], laid ? opaque : alpha, opaque);
                }
            }
        }
        if (transparent) {
            oddities.add(Oddity.TRANSPARENT);
        }
        if (largest[0] > 255) {
            oddities.add(Oddity.DEEP_SAMPLES);
        }
        return new Image(raster.getHeight(), width, channels, samples);
    }

    private static byte overBlack(int sample, int largest, int alpha, int opaque) {
        long whole = (long) largest * opaque;
        return (byte) ((255L * sample * alpha + whole / 2) / whole);
    }

    private static int red(int color) {
        return color >> 16 & 0xFF;
    }

    private static int green(int color) {
        return color >> 8 & 0xFF;
    }

    private static int blue(int color) {
        return color & 0xFF;
    }
}
