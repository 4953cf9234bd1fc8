package dev.graft.data;

/** Makes large pictures small enough to be shown. */
final class Downscaling {
    private Downscaling() {}

    /** Scales a picture down so that neither side is longer than so many pixels; smaller pictures stay as they are. */
    static Image toAtMost(Image image, int longest) {
        int longer = Math.max(image.height(), image.width());
        if (longer <= longest) {
            return image;
        }
        int height = Math.max(1, image.height() * longest / longer);
        int width = Math.max(1, image.width() * longest / longer);
        byte[] pixels = new byte[height * width * image.channels()];
        int next = 0;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                for (int channel = 0; channel < image.channels(); channel++) {
                    pixels[next++] = (byte) mean(image, row, column, channel, height, width);
                }
            }
        }
        return new Image(height, width, image.channels(), pixels);
    }

    /** The mean over the box of source pixels that one pixel stands for. */
    private static long mean(Image image, int row, int column, int channel, int height, int width) {
        int top = (int) ((long) row * image.height() / height);
        int bottom = Math.max(top + 1, (int) ((row + 1L) * image.height() / height));
        int left = (int) ((long) column * image.width() / width);
        int right = Math.max(left + 1, (int) ((column + 1L) * image.width() / width));
        long sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += image.sample(y, x, channel);
            }
        }
        return Math.round((double) sum / ((bottom - top) * (right - left)));
    }
}
