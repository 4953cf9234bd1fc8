package dev.graft.image.tiff;

import java.io.IOException;

/** Turns samples into grey or red, green and blue of 0 to 255, transparent parts laid over black. */
final class TiffColors {
    private final TiffForm form;
    private final int[] largest;
    private final byte[][] palette;
    private final int channels;
    private boolean transparent;

    TiffColors(TiffForm form, TiffDirectory tags) throws IOException {
        this.form = form;
        this.largest = new int[form.bits().length];
        for (int i = 0; i < largest.length; i++) {
            largest[i] = (1 << form.bits()[i]) - 1;
        }
        this.palette = form.kind() == TiffForm.Kind.PALETTE ? palette(tags, largest[0] + 1) : new byte[0][];
        this.channels = switch (form.kind()) {
            case GREY, WHITE_IS_ZERO -> 1;
            case PALETTE -> ofGreys() ? 1 : 3;
            default -> 3;
        };
    }

    /** The colours of a palette, which are stored in 16 bits; all reds first. */
    private static byte[][] palette(TiffDirectory tags, int colors) throws IOException {
        long[] map = tags.numbers(TiffTag.COLOR_MAP);
        if (map.length < 3 * colors) {
            throw new IOException("a palette of " + map.length / 3 + " colours for " + colors);
        }
        // Some writers store 8 bits: then no value goes beyond 255.
        boolean bytes = true;
        for (long one : map) {
            bytes &= one <= 255;
        }
        byte[][] palette = new byte[3][colors];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < colors; i++) {
                int value = (int) map[c * colors + i];
                palette[c][i] = (byte) (bytes ? value : scaled(value, 65535));
            }
        }
        return palette;
    }

    private boolean ofGreys() {
        for (int i = 0; i < palette[0].length; i++) {
            if (palette[0][i] != palette[1][i] || palette[1][i] != palette[2][i]) {
                return false;
            }
        }
        return true;
    }

    int channels() {
        return channels;
    }

    /** Whether a pixel was not opaque. */
    boolean transparent() {
        return transparent;
    }

    /** Converts pixels, sample by sample in {@code row}. */
    void convert(int[] row, int pixels, byte[] into, int offset) {
        int samples = form.bits().length;
        int to = offset;
        for (int i = 0; i < pixels; i++) {
            int at = i * samples;
            int alpha = 1;
            int opaque = 1;
            if (form.alpha() >= 0) {
                transparent |= row[at + form.alpha()] < largest[form.alpha()];
                // Premultiplied colours lie over black already.
                if (!form.premultiplied()) {
                    alpha = row[at + form.alpha()];
                    opaque = largest[form.alpha()];
                }
            }
            for (int c = 0; c < channels; c++) {
                into[to++] = color(row, at, c, alpha, opaque);
            }
        }
    }

    private byte color(int[] row, int at, int c, int alpha, int opaque) {
        return switch (form.kind()) {
            case WHITE_IS_ZERO -> weighted(largest[0] - row[at], largest[0], alpha, opaque);
            case PALETTE -> weighted(palette[c][row[at]] & 0xFF, 255, alpha, opaque);
            case CMYK -> {
                int noBlack = 255 - scaled(row[at + 3], largest[3]);
                int ink = scaled(row[at + c], largest[c]);
                yield weighted(noBlack - scaled(ink * noBlack, 255 * 255), 255, alpha, opaque);
            }
            default -> weighted(row[at + c], largest[c], alpha, opaque);
        };
    }

    private static byte weighted(int sample, int largest, int alpha, int opaque) {
        long whole = (long) largest * opaque;
        return (byte) ((255L * sample * alpha + whole / 2) / whole);
    }

    /** A sample of 0 to {@code largest} as one of 0 to 255, rounded. */
    private static int scaled(int sample, int largest) {
        return (int) ((255L * sample + largest / 2) / largest);
    }
}
