package dev.graft.image.webp;

/**
 * From luma and chroma to red, green and blue. Chroma is interpolated between its samples, each of which lies in the
 * middle of four of luma, with weights of 9, 3, 3 and 1 sixteenths, as the format's own library does.
 */
final class Vp8Colors {
    private final Vp8Frame frame;
    private final int width;
    private final int height;

    private Vp8Colors(Vp8Frame frame) {
        this.frame = frame;
        this.width = frame.width();
        this.height = frame.height();
    }

    /** Red, green and blue of each pixel, 3 bytes. */
    static byte[] of(Vp8Frame frame) {
        return new Vp8Colors(frame).convert();
    }

    private byte[] convert() {
        byte[] pixels = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
        int[][] rows = new int[2][width];
        for (int y = 0; y < height; y++) {
            for (int plane = 0; plane < 2; plane++) {
                interpolate(frame.chroma(plane), y, rows[plane]);
            }
            int luma = frame.luma().at(0, y);
            int to = 3 * y * width;
            for (int x = 0; x < width; x++, to += 3) {
                color(frame.luma().samples[luma + x] & 0xFF, rows[0][x], rows[1][x], pixels, to);
            }
        }
        return pixels;
    }

    /** One row of chroma as wide as luma: nearer and farther are the rows of chroma around it, the picture's edge twice. */
    private void interpolate(Vp8Plane plane, int y, int[] into) {
        int last = (height - 1) / 2;
        int nearer = y / 2;
        int farther = Math.max(0, Math.min(last, (y & 1) == 0 ? nearer - 1 : nearer + 1));
        int near = plane.at(0, nearer);
        int far = plane.at(0, farther);
        byte[] s = plane.samples;
        into[0] = (3 * (s[near] & 0xFF) + (s[far] & 0xFF) + 2) >> 2;
        int x = 1;
        for (int i = 1; i <= (width - 1) / 2; i++) {
            int a = s[near + i - 1] & 0xFF;
            int b = s[near + i] & 0xFF;
            int c = s[far + i - 1] & 0xFF;
            int d = s[far + i] & 0xFF;
            int sum = a + b + c + d + 8;
            into[x++] = (((sum + 2 * (b + c)) >> 3) + a) >> 1;
            into[x++] = (((sum + 2 * (a + d)) >> 3) + b) >> 1;
        }
        if (x < width) {
            int end = (width - 1) / 2;
            into[x] = (3 * (s[near + end] & 0xFF) + (s[far + end] & 0xFF) + 2) >> 2;
        }
    }

    /** BT.601 with luma of 16 to 235, in fixed point. */
    private static void color(int luma, int blueness, int redness, byte[] pixels, int to) {
        int grey = (luma * 19077) >> 8;
        pixels[to] = clipped(grey + ((redness * 26149) >> 8) - 14234);
        pixels[to + 1] = clipped(grey - ((blueness * 6419) >> 8) - ((redness * 13320) >> 8) + 8708);
        pixels[to + 2] = clipped(grey + ((blueness * 33050) >> 8) - 17685);
    }

    private static byte clipped(int value) {
        return (byte) Vp8Transform.clipped(value >> 6);
    }
}
