package dev.graft.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.stream.ImageInputStream;

/**
 * What PNG and BMP files tell around the pixels: orientation, further frames, a colour profile, and that a file is
 * whole where its decoder would not notice.
 *
 * @param orientation the EXIF orientation, 1 to 8
 * @param severalFrames whether there is more than one picture
 * @param otherProfile whether there is a colour profile other than sRGB
 * @param transparentGrey the grey of 0 to 255 that stands for transparent where the file has greys of fewer than 8 bits;
 *     -1 if there is none
 */
record Container(int orientation, boolean severalFrames, boolean otherProfile, int transparentGrey) {
    private static final int BUFFER = 1 << 14;
    private static final int MOST_CHUNKS = 1 << 20;

    /**
     * Reads what there is to know.
     *
     * @throws IOException if the file is damaged or cut short
     */
    static Container of(ImageFormat format, ImageInputStream stream) throws IOException {
        return switch (format) {
            case PNG -> png(stream);
            case BMP -> new Container(Orientation.UPRIGHT, false, BmpHeader.otherProfile(stream), -1);
            case JPEG, GIF, TIFF, WEBP -> new Container(Orientation.UPRIGHT, false, false, -1);
        };
    }

    /** Java's PNG reader looks at no checksum: the pixels' are checked here. */
    private static Container png(ImageInputStream stream) throws IOException {
        int orientation = Orientation.UPRIGHT;
        boolean animated = false;
        boolean otherProfile = false;
        int transparentGrey = -1;
        long at = 8;
        for (int chunks = 0; chunks < MOST_CHUNKS; chunks++) {
            stream.seek(at);
            long length = stream.readUnsignedInt();
            String kind = fourLetters(stream);
            switch (kind) {
                case "IHDR", "PLTE", "IDAT" -> requireChecksum(stream, kind, at + 4, length + 4);
                case "eXIf" -> orientation = Orientation.find(stream, at + 8);
                case "acTL" -> animated = true;
                case "iCCP" -> otherProfile = ColorProfile.otherCompressed(stream, at + 8, length);
                case "tRNS" -> transparentGrey = shallowGrey(stream, at + 8, length);
                case "IEND" -> {
                    return new Container(orientation, animated, otherProfile, transparentGrey);
                }
                default -> {}
            }
            at += 12 + length;
        }
        throw new IOException("more than " + MOST_CHUNKS + " chunks");
    }

    /** Java's PNG reader compares the transparent value with greys that it has scaled already. */
    private static int shallowGrey(ImageInputStream stream, long begin, long length) throws IOException {
        stream.seek(24);
        int bits = stream.readUnsignedByte();
        boolean grey = stream.readUnsignedByte() == 0;
        if ((bits != 1 && bits != 2 && bits != 4) || !grey || length < 2) {
            return -1;
        }
        stream.seek(begin);
        int value = stream.readUnsignedShort();
        int largest = (1 << bits) - 1;
        return value <= largest ? value * 255 / largest : -1;
    }

    private static void requireChecksum(ImageInputStream stream, String kind, long begin, long length)
            throws IOException {
        stream.seek(begin);
        CRC32 sum = new CRC32();
        byte[] buffer = new byte[BUFFER];
        for (long left = length; left > 0; ) {
            int count = (int) Math.min(left, buffer.length);
            stream.readFully(buffer, 0, count);
            sum.update(buffer, 0, count);
            left -= count;
        }
        if (stream.readUnsignedInt() != sum.getValue()) {
            throw new IOException("wrong checksum of a " + kind + " chunk");
        }
    }

    private static String fourLetters(ImageInputStream stream) throws IOException {
        byte[] letters = new byte[4];
        stream.readFully(letters);
        return new String(letters, StandardCharsets.ISO_8859_1);
    }
}
