package dev.graft.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.stream.ImageInputStream;

/**
 * What the chunks of PNG, WebP, GIF and TIFF files tell around the pixels: orientation, further frames, and that a file is
 * whole where its decoder would not notice.
 *
 * @param orientation the EXIF orientation, 1 to 8
 * @param severalFrames whether there is more than one picture
 */
record Container(int orientation, boolean severalFrames) {
    private static final int ANIMATION_FLAG = 0x02;
    private static final int BUFFER = 1 << 14;

    /**
     * Reads what there is to know.
     *
     * @throws IOException if the file is damaged or cut short
     */
    static Container of(ImageFormat format, ImageInputStream stream) throws IOException {
        return switch (format) {
            case PNG -> png(stream);
            case WEBP -> webp(stream);
            case GIF -> new Container(Orientation.UPRIGHT, severalInGif(stream));
            case TIFF -> new Container(Orientation.find(stream, 0), severalInTiff(stream));
            case JPEG, BMP -> new Container(Orientation.UPRIGHT, false);
        };
    }

    /** Java's PNG reader looks at no checksum: the pixels' are checked here. */
    private static Container png(ImageInputStream stream) throws IOException {
        int orientation = Orientation.UPRIGHT;
        boolean animated = false;
        long at = 8;
        while (true) {
            stream.seek(at);
            long length = stream.readUnsignedInt();
            String kind = fourLetters(stream);
            switch (kind) {
                case "IHDR", "PLTE", "IDAT" -> requireChecksum(stream, kind, at + 4, length + 4);
                case "eXIf" -> orientation = Orientation.find(stream, at + 8);
                case "acTL" -> animated = true;
                case "IEND" -> {
                    return new Container(orientation, animated);
                }
                default -> {}
            }
            at += 12 + length;
        }
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

    private static Container webp(ImageInputStream stream) throws IOException {
        stream.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        try {
            stream.seek(4);
            long end = stream.readUnsignedInt() + 8;
            if (stream.length() >= 0 && end > stream.length()) {
                throw new EOFException(stream.length() + " bytes of " + end);
            }
            int orientation = Orientation.UPRIGHT;
            boolean animated = false;
            long at = 12;
            while (at + 8 <= end) {
                stream.seek(at);
                String kind = fourLetters(stream);
                long length = stream.readUnsignedInt();
                if (at + 8 + length > end) {
                    throw new EOFException("a chunk " + kind + " of " + length + " bytes ends after the file");
                }
                if ("VP8X".equals(kind)) {
                    animated = (stream.readUnsignedByte() & ANIMATION_FLAG) != 0;
                } else if ("EXIF".equals(kind)) {
                    // Some writers repeat the prefix that JPEG files have.
                    long prefix = "Exif".equals(fourLetters(stream)) ? 6 : 0;
                    orientation = Orientation.find(stream, at + 8 + prefix);
                    stream.setByteOrder(ByteOrder.LITTLE_ENDIAN);
                }
                at += 8 + length + (length & 1);
            }
            return new Container(orientation, animated);
        } finally {
            stream.setByteOrder(ByteOrder.BIG_ENDIAN);
        }
    }

    private static boolean severalInGif(ImageInputStream stream) throws IOException {
        int frames = 0;
        try {
            stream.seek(10);
            long at = 13 + paletteBytes(stream.readUnsignedByte());
            while (frames < 2) {
                stream.seek(at);
                int block = stream.readUnsignedByte();
                if (block == 0x2C) {
                    frames++;
                    stream.seek(at + 9);
                    at = afterBlocks(stream, at + 11 + paletteBytes(stream.readUnsignedByte()));
                } else if (block == 0x21) {
                    at = afterBlocks(stream, at + 2);
                } else {
                    return false;
                }
            }
            return true;
        } catch (EOFException e) {
            return false;
        }
    }

    private static long paletteBytes(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1);
    }

    private static long afterBlocks(ImageInputStream stream, long begin) throws IOException {
        long at = begin;
        while (true) {
            stream.seek(at);
            int length = stream.readUnsignedByte();
            at += 1 + length;
            if (length == 0) {
                return at;
            }
        }
    }

    private static boolean severalInTiff(ImageInputStream stream) throws IOException {
        try {
            stream.seek(0);
            stream.setByteOrder(stream.readUnsignedShort() == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            stream.seek(4);
            long directory = stream.readUnsignedInt();
            stream.seek(directory);
            stream.seek(directory + 2 + 12L * stream.readUnsignedShort());
            return stream.readUnsignedInt() != 0;
        } catch (EOFException e) {
            return false;
        } finally {
            stream.setByteOrder(ByteOrder.BIG_ENDIAN);
        }
    }

    private static String fourLetters(ImageInputStream stream) throws IOException {
        byte[] letters = new byte[4];
        stream.readFully(letters);
        return new String(letters, StandardCharsets.ISO_8859_1);
    }
}
