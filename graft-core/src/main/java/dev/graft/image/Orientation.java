package dev.graft.image;

import dev.graft.data.Image;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/**
 * The EXIF orientation: how a camera was held. Found in a TIFF structure (TIFF 6.0, tag 274), where the values 1 to 8 tell
 * which corner of the stored picture is the upper left.
 */
final class Orientation {
    /** The stored picture is upright. */
    static final int UPRIGHT = 1;

    private static final int TAG = 274;
    private static final int SHORT = 3;
    private static final int ENTRY_BYTES = 12;

    private Orientation() {}

    /** Reads the orientation from the TIFF structure that begins at a place of a stream; upright if it says none. */
    static int find(ImageInputStream stream, long begin) throws IOException {
        try {
            stream.seek(begin);
            int order = stream.readUnsignedShort();
            if (order != 0x4949 && order != 0x4D4D) {
                return UPRIGHT;
            }
            stream.setByteOrder(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            return stream.readUnsignedShort() == 42 ? inDirectory(stream, begin) : UPRIGHT;
        } catch (EOFException | IndexOutOfBoundsException e) {
            // Whether the picture itself is whole is for its reader to say.
            return UPRIGHT;
        } finally {
            stream.setByteOrder(ByteOrder.BIG_ENDIAN);
        }
    }

    private static int inDirectory(ImageInputStream stream, long begin) throws IOException {
        long directory = begin + stream.readUnsignedInt();
        stream.seek(directory);
        int entries = stream.readUnsignedShort();
        for (int i = 0; i < entries; i++) {
            stream.seek(directory + 2 + (long) i * ENTRY_BYTES);
            int tag = stream.readUnsignedShort();
            int type = stream.readUnsignedShort();
            if (tag == TAG && type == SHORT && stream.readUnsignedInt() >= 1) {
                int value = stream.readUnsignedShort();
                return value >= 1 && value <= 8 ? value : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /** Turns and mirrors a stored picture upright. */
    static Image apply(Image stored, int orientation) {
        if (orientation == UPRIGHT) {
            return stored;
        }
        boolean swapped = orientation >= 5;
        int height = swapped ? stored.width() : stored.height();
        int width = swapped ? stored.height() : stored.width();
        int channels = stored.channels();
        byte[] from = stored.pixels();
        byte[] upright = new byte[from.length];
        int to = 0;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int source = source(stored, orientation, row, column) * channels;
                for (int c = 0; c < channels; c++) {
                    upright[to++] = from[source + c];
                }
            }
        }
        return new Image(height, width, channels, upright);
    }

    /** The place in the stored picture of an upright row and column. */
    private static int source(Image stored, int orientation, int row, int column) {
        int bottom = stored.height() - 1;
        int right = stored.width() - 1;
        int width = stored.width();
        return switch (orientation) {
            case 2 -> row * width + right - column;
            case 3 -> (bottom - row) * width + right - column;
            case 4 -> (bottom - row) * width + column;
            case 5 -> column * width + row;
            case 6 -> (bottom - column) * width + row;
            case 7 -> (bottom - column) * width + right - row;
            case 8 -> column * width + right - row;
            default -> row * width + column;
        };
    }
}
