package dev.graft.image;

import java.util.SplittableRandom;

/** Where a changed picture shows which place of the original: mirrored, moved, enlarged and turned in one go. */
final class Placement {
    private final int height;
    private final int width;
    private final int channels;
    private final boolean mirrored;
    private final double scale;
    private final double sine;
    private final double cosine;
    private final double down;
    private final double right;

    private Placement(
            Preprocessing preprocessing, boolean mirrored, double scale, double angle, double down, double right) {
        this.height = preprocessing.height();
        this.width = preprocessing.width();
        this.channels = preprocessing.channels();
        this.mirrored = mirrored;
        this.scale = scale;
        this.sine = Math.sin(angle);
        this.cosine = Math.cos(angle);
        this.down = down;
        this.right = right;
    }

    static Placement draw(Augmentation augmentation, Preprocessing preprocessing, SplittableRandom random) {
        boolean mirrored = augmentation.flip() && random.nextBoolean();
        double scale = Math.sqrt(1 - augmentation.zoom() * random.nextDouble());
        double angle = Math.toRadians(augmentation.rotation()) * spread(random);
        double down = wholePixels(augmentation.shift() * preprocessing.height(), random);
        double right = wholePixels(augmentation.shift() * preprocessing.width(), random);
        down += (1 - scale) / 2 * (preprocessing.height() - 1) * spread(random);
        right += (1 - scale) / 2 * (preprocessing.width() - 1) * spread(random);
        return new Placement(preprocessing, mirrored, scale, angle, down, right);
    }

    private static double spread(SplittableRandom random) {
        return 2 * random.nextDouble() - 1;
    }

    private static int wholePixels(double most, SplittableRandom random) {
        int pixels = (int) Math.floor(most);
        return random.nextInt(2 * pixels + 1) - pixels;
    }

    /** Replaces the image, (height, width, channels), that begins at an offset. */
    void apply(float[] row, int offset) {
        if (!mirrored && scale == 1 && sine == 0 && down == 0 && right == 0) {
            return;
        }
        float[] original = new float[height * width * channels];
        System.arraycopy(row, offset, original, 0, original.length);
        boolean wholePixels = scale == 1 && sine == 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = offset + (y * width + x) * channels;
                int column = mirrored ? width - 1 - x : x;
                if (wholePixels) {
                    copy(original, y + (int) down, column + (int) right, row, at);
                } else {
                    interpolate(original, y, column, row, at);
                }
            }
        }
    }

    private void copy(float[] original, int y, int x, float[] row, int at) {
        boolean inside = y >= 0 && y < height && x >= 0 && x < width;
        for (int c = 0; c < channels; c++) {
            row[at + c] = inside ? original[(y * width + x) * channels + c] : 0f;
        }
    }

    private void interpolate(float[] original, int y, int x, float[] row, int at) {
        double v = (y - (height - 1) / 2.0) * scale;
        double u = (x - (width - 1) / 2.0) * scale;
        double sourceY = sine * u + cosine * v + (height - 1) / 2.0 + down;
        double sourceX = cosine * u - sine * v + (width - 1) / 2.0 + right;
        int top = (int) Math.floor(sourceY);
        int left = (int) Math.floor(sourceX);
        float low = (float) (sourceY - top);
        float far = (float) (sourceX - left);
        for (int c = 0; c < channels; c++) {
            float above = (1 - far) * at(original, top, left, c) + far * at(original, top, left + 1, c);
            float below = (1 - far) * at(original, top + 1, left, c) + far * at(original, top + 1, left + 1, c);
            row[at + c] = (1 - low) * above + low * below;
        }
    }

    private float at(float[] original, int y, int x, int channel) {
        return y >= 0 && y < height && x >= 0 && x < width ? original[(y * width + x) * channels + channel] : 0f;
    }
}
