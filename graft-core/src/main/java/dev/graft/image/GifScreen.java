package dev.graft.image;

import dev.graft.data.Image;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;

/**
 * The screen of a GIF file (GIF89a, sections 18 and 20), of which its first frame may cover a part only. What it leaves
 * has the background colour, or is transparent where the frame knows transparency or the file no such colour.
 *
 * @param width the screen's width, or as far as the frame reaches where that is further
 * @param height the screen's height, likewise
 * @param left where the frame begins
 * @param top where the frame begins
 * @param background the colour around the frame as 0xRRGGBB, 0 (black) where that is transparent
 * @param transparent whether what is around the frame is transparent
 * @param severalFrames whether further frames follow
 */
record GifScreen(int width, int height, int left, int top, int background, boolean transparent, boolean severalFrames) {
    private static final int IMAGE = 0x2C;
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xF9;

    /** Reads what comes before the first frame's pixels, and whether there is a second. */
    static GifScreen read(ImageInputStream stream) throws IOException {
        stream.seek(6);
        int width = word(stream);
        int height = word(stream);
        int flags = stream.readUnsignedByte();
        int index = stream.readUnsignedByte();
        long tableBytes = paletteBytes(flags);
        long at = 13 + tableBytes;
        boolean transparent = false;
        while (true) {
            stream.seek(at);
            int block = stream.readUnsignedByte();
            if (block == EXTENSION) {
                if (stream.readUnsignedByte() == GRAPHIC_CONTROL && stream.readUnsignedByte() >= 1) {
                    transparent = (stream.readUnsignedByte() & 1) != 0;
                }
                at = afterBlocks(stream, at + 2);
            } else if (block == IMAGE) {
                break;
            } else {
                throw new IOException("no frame");
            }
        }
        int left = word(stream);
        int top = word(stream);
        int right = left + word(stream);
        int bottom = top + word(stream);
        boolean several = severalFrom(stream, at);
        boolean clear = transparent || 3L * index >= tableBytes;
        int background = 0;
        if (!clear) {
            stream.seek(13 + 3L * index);
            background = stream.readUnsignedShort() << 8 | stream.readUnsignedByte();
        }
        return new GifScreen(Math.max(width, right), Math.max(height, bottom), left, top, background, clear, several);
    }

    private static int word(ImageInputStream stream) throws IOException {
        int low = stream.readUnsignedByte();
        return stream.readUnsignedByte() << 8 | low;
    }

    private static boolean severalFrom(ImageInputStream stream, long firstFrame) throws IOException {
        int frames = 0;
        long at = firstFrame;
        try {
            while (frames < 2) {
                stream.seek(at);
                int block = stream.readUnsignedByte();
                if (block == IMAGE) {
                    frames++;
                    stream.seek(at + 9);
                    at = afterBlocks(stream, at + 11 + paletteBytes(stream.readUnsignedByte()));
                } else if (block == EXTENSION) {
                    at = afterBlocks(stream, at + 2);
                } else {
                    return false;
                }
            }
            return true;
        } catch (EOFException e) {
            // Whether the first frame is whole is for its reader to say.
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

    /** Whether the screen shows more than a frame. */
    boolean larger(Image frame) {
        return frame.width() < width || frame.height() < height;
    }

    /** Puts a frame in its place on the screen. */
    Image around(Image frame) {
        if (!larger(frame)) {
            return frame;
        }
        int[] colors = {background >> 16 & 0xFF, background >> 8 & 0xFF, background & 0xFF};
        boolean grey = frame.channels() == 1 && colors[0] == colors[1] && colors[1] == colors[2];
        int channels = grey ? 1 : 3;
        byte[] pixels = new byte[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
        if (grey) {
            Arrays.fill(pixels, (byte) colors[0]);
        } else {
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) colors[i % 3];
            }
        }
        for (int y = 0; y < frame.height(); y++) {
            for (int x = 0; x < frame.width(); x++) {
                for (int c = 0; c < channels; c++) {
                    pixels[((top + y) * width + left + x) * channels + c] =
                            (byte) frame.sample(y, x, Math.min(c, frame.channels() - 1));
                }
            }
        }
        return new Image(height, width, channels, pixels);
    }
}
