package dev.graft.report;

import dev.graft.data.Image;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes PNG files (the W3C recommendation, third edition) without the image classes of the JDK, which take longer to
 * load than a whole page of small pictures takes to write.
 */
public final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int GREY = 0;
    private static final int RGB = 2;
    private static final byte FILTER_UP = 2;
    private static final int EFFORT = 3;

    private Png() {}

    /** Encodes a picture. */
    public static byte[] encode(Image image) {
        return encode(image.width(), image.height(), image.channels(), image.pixels());
    }

    /**
     * Encodes samples.
     *
     * @param width columns
     * @param height rows
     * @param channels 1 (grey) or 3 (red, green, blue)
     * @param samples (height, width, channels), 0 to 255
     */
    static byte[] encode(int width, int height, int channels, byte[] samples) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(samples.length / 4 + 128);
        out.writeBytes(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) 8).put((byte) (channels == 1 ? GREY : RGB));
        chunk(out, "IHDR", header.array(), header.capacity());
        byte[] packed = new byte[samples.length / 2 + height + 1024];
        int length = 0;
        Deflater deflater = new Deflater(EFFORT);
        try {
            deflater.setInput(withFilters(height, width * channels, samples));
            deflater.finish();
            while (!deflater.finished()) {
                if (length == packed.length) {
                    packed = Arrays.copyOf(packed, packed.length * 2);
                }
                length += deflater.deflate(packed, length, packed.length - length);
            }
        } finally {
            deflater.end();
        }
        chunk(out, "IDAT", packed, length);
        chunk(out, "IEND", new byte[0], 0);
        return out.toByteArray();
    }

    /** Stores each row as its difference from the row above: figures are mostly flat, and zeros pack fast. */
    private static byte[] withFilters(int height, int rowLength, byte[] samples) {
        byte[] rows = new byte[height * (rowLength + 1)];
        for (int row = 0; row < height; row++) {
            int to = row * (rowLength + 1);
            int from = row * rowLength;
            rows[to] = FILTER_UP;
            for (int i = 0; i < rowLength; i++) {
                int above = row == 0 ? 0 : samples[from - rowLength + i];
                rows[to + 1 + i] = (byte) (samples[from + i] - above);
            }
        }
        return rows;
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data, int length) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data, 0, length);
        out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        out.writeBytes(name);
        out.write(data, 0, length);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
