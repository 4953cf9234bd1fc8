package dev.graft.image.webp;

import dev.graft.data.Image;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A WebP file (RFC 9649, section 2): the first frame on its whole canvas, in red, green and blue, transparent parts laid
 * over black. Dimensions are known before memory is taken for pixels. Not safe for use by several threads.
 */
public final class WebpFile {
    private static final int HEADER_BYTES = 12;
    private static final int CHUNK_BYTES = 8;
    private static final int FRAME_BYTES = 16;
    private static final int ANIMATION = 0x02;
    private static final int ALPHA = 0x10;

    private final byte[] content;
    private int width;
    private int height;
    private int flags;
    private boolean extended;
    private Chunk exif = new Chunk("", 0, 0);
    private Chunk profile = new Chunk("", 0, 0);
    private Chunk alpha = new Chunk("", 0, 0);
    private Chunk picture = new Chunk("", 0, 0);
    private int left;
    private int top;
    private boolean transparent;

    private record Chunk(String kind, int begin, int end) {
        boolean present() {
            return !kind.isEmpty();
        }
    }

    private WebpFile(byte[] content) {
        this.content = content;
    }

    /**
     * Looks through a file's chunks.
     *
     * @param content the whole file
     * @throws IOException if it is damaged or cut short
     */
    public static WebpFile open(byte[] content) throws IOException {
        WebpFile file = new WebpFile(content);
        file.readChunks();
        return file;
    }

    private void readChunks() throws IOException {
        if (content.length < HEADER_BYTES + CHUNK_BYTES) {
            throw new EOFException(content.length + " bytes");
        }
        long end = CHUNK_BYTES + number(4, 4);
        if (end > content.length) {
            throw new EOFException(content.length + " bytes of " + end);
        }
        boolean framed = false;
        for (int at = HEADER_BYTES; at + CHUNK_BYTES <= end; ) {
            Chunk chunk = chunk(at, (int) end);
            switch (chunk.kind()) {
                case "VP8X" -> readExtended(chunk);
                case "EXIF" -> exif = exif.present() ? exif : chunk;
                case "ICCP" -> profile = profile.present() ? profile : chunk;
                case "ANMF" -> {
                    if (!framed && animated()) {
                        readFrame(chunk);
                        framed = true;
                    }
                }
                case "ALPH", "VP8 ", "VP8L" -> {
                    if (!animated()) {
                        take(chunk);
                    }
                }
                default -> {}
            }
            // The padding of the last chunk may be missing.
            at = (int) Math.min(end, chunk.end() + (long) (chunk.end() - chunk.begin() & 1));
        }
        if (!picture.present()) {
            throw new IOException("no picture in it");
        }
        if (!extended) {
            int[] stored = dimensions();
            width = stored[0];
            height = stored[1];
        }
    }

    private Chunk chunk(int at, int end) throws IOException {
        String kind = new String(content, at, 4, StandardCharsets.ISO_8859_1);
        long length = number(at + 4, 4);
        if (length > end - at - CHUNK_BYTES) {
            throw new EOFException("a chunk " + kind + " of " + length + " bytes ends after the file");
        }
        return new Chunk(kind, at + CHUNK_BYTES, at + CHUNK_BYTES + (int) length);
    }

    private void take(Chunk chunk) {
        if (chunk.kind().equals("ALPH")) {
            alpha = alpha.present() ? alpha : chunk;
        } else if (!picture.present()) {
            picture = chunk;
        }
    }

    private void readExtended(Chunk chunk) throws IOException {
        if (extended || picture.present()) {
            return;
        }
        if (chunk.end() - chunk.begin() < 10) {
            throw new EOFException("a header of " + (chunk.end() - chunk.begin()) + " bytes");
        }
        extended = true;
        flags = content[chunk.begin()];
        width = 1 + (int) number(chunk.begin() + 4, 3);
        height = 1 + (int) number(chunk.begin() + 7, 3);
    }

    private void readFrame(Chunk frame) throws IOException {
        if (frame.end() - frame.begin() < FRAME_BYTES) {
            throw new EOFException("a frame of " + (frame.end() - frame.begin()) + " bytes");
        }
        left = 2 * (int) number(frame.begin(), 3);
        top = 2 * (int) number(frame.begin() + 3, 3);
        for (int at = frame.begin() + FRAME_BYTES; at + CHUNK_BYTES <= frame.end(); ) {
            Chunk chunk = chunk(at, frame.end());
            switch (chunk.kind()) {
                case "ALPH", "VP8 ", "VP8L" -> take(chunk);
                default -> {}
            }
            at = (int) Math.min(frame.end(), chunk.end() + (long) (chunk.end() - chunk.begin() & 1));
        }
    }

    private boolean animated() {
        return (flags & ANIMATION) != 0;
    }

    /** What the canvas and the picture in it say of their sizes must agree. */
    private void requireFitting(int[] stored) throws IOException {
        boolean fits = animated()
                ? (long) left + stored[0] <= width && (long) top + stored[1] <= height
                : stored[0] == width && stored[1] == height;
        if (!fits) {
            throw new IOException("a picture of " + stored[0] + " x " + stored[1] + " at " + left + ", " + top
                    + " on a canvas of " + width + " x " + height);
        }
    }

    private int[] dimensions() throws IOException {
        return lossless()
                ? LosslessDecoder.dimensions(content, picture.begin(), picture.end())
                : Vp8Header.dimensions(content, picture.begin(), picture.end());
    }

    private boolean lossless() {
        return picture.kind().equals("VP8L");
    }

    private long number(int at, int bytes) {
        long number = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            number = number << 8 | (content[at + i] & 0xFF);
        }
        return number;
    }

    /** Pixels of a row of the canvas. */
    public int width() {
        return width;
    }

    /** Rows of the canvas. */
    public int height() {
        return height;
    }

    /** Whether the file is an animation. */
    public boolean severalFrames() {
        return animated();
    }

    /** Where in the file EXIF data begins, behind any prefix; -1 if there is none. */
    public int exif() {
        if (!exif.present()) {
            return -1;
        }
        // Some writers repeat the prefix that JPEG files have.
        boolean prefixed = exif.end() - exif.begin() > 6
                && new String(content, exif.begin(), 4, StandardCharsets.ISO_8859_1).equals("Exif");
        return exif.begin() + (prefixed ? 6 : 0);
    }

    /** The beginning of the file's colour profile, at most so many bytes; none if it has none. */
    public byte[] profile(int most) {
        byte[] bytes = new byte[Math.min(most, profile.end() - profile.begin())];
        System.arraycopy(content, profile.begin(), bytes, 0, bytes.length);
        return bytes;
    }

    /** Whether the picture last {@link #read read} had a pixel that was not opaque. */
    public boolean transparent() {
        return transparent;
    }

    /**
     * Decodes the first frame as it is stored, not turned upright, what it does not cover being black.
     *
     * @throws IOException if the file is damaged or cut short
     */
    public Image read() throws IOException {
        int[] stored = dimensions();
        requireFitting(stored);
        byte[] pixels = lossless() ? losslessPixels(stored) : lossyPixels(stored);
        if (stored[0] == width && stored[1] == height) {
            return new Image(height, width, 3, pixels);
        }
        transparent = true;
        byte[] canvas = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
        for (int y = 0; y < stored[1]; y++) {
            System.arraycopy(pixels, 3 * y * stored[0], canvas, 3 * ((top + y) * width + left), 3 * stored[0]);
        }
        return new Image(height, width, 3, canvas);
    }

    private byte[] losslessPixels(int[] stored) throws IOException {
        int[] argb = LosslessDecoder.decode(
                content, picture.begin() + LosslessDecoder.HEADER_BYTES, picture.end(), stored[0], stored[1]);
        byte[] pixels = new byte[Math.multiplyExact(argb.length, 3)];
        for (int i = 0, to = 0; i < argb.length; i++) {
            int opacity = argb[i] >>> 24;
            transparent |= opacity < 255;
            pixels[to++] = overBlack(argb[i] >> 16 & 0xFF, opacity);
            pixels[to++] = overBlack(argb[i] >> 8 & 0xFF, opacity);
            pixels[to++] = overBlack(argb[i] & 0xFF, opacity);
        }
        return pixels;
    }

    private byte[] lossyPixels(int[] stored) throws IOException {
        byte[] pixels = Vp8Colors.of(Vp8Frame.decode(content, picture.begin(), picture.end()));
        if (alpha.present() && (flags & ALPHA) != 0) {
            byte[] opacities = AlphaPlane.decode(content, alpha.begin(), alpha.end(), stored[0], stored[1]);
            for (int i = 0; i < opacities.length; i++) {
                int opacity = opacities[i] & 0xFF;
                transparent |= opacity < 255;
                for (int c = 0; c < 3; c++) {
                    pixels[3 * i + c] = overBlack(pixels[3 * i + c] & 0xFF, opacity);
                }
            }
        }
        return pixels;
    }

    private static byte overBlack(int sample, int opacity) {
        return (byte) ((2 * sample * opacity + 255) / 510);
    }
}
