package dev.graft.doctor;

import dev.graft.data.Image;
import dev.graft.image.DecodedImage;
import dev.graft.image.Preprocessing;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What is kept of an image while others are looked at: a digest of its pixels, two perceptual hashes, and its form.
 *
 * @param pixels the first 64 bits of the SHA-256 of dimensions and pixels
 * @param morePixels the next 64
 * @param across which of 8 x 8 cells are darker than their right neighbour (dHash)
 * @param down which are darker than the one below
 * @param plain whether there is too little contrast for the hashes to mean anything
 */
record Portrait(
        long pixels,
        long morePixels,
        long across,
        long down,
        boolean plain,
        int height,
        int width,
        boolean grey,
        int orientation) {
    private static final int CELLS = 8;
    private static final int SIDE = CELLS + 1;
    private static final Preprocessing CELLS_OF_GREY = Preprocessing.unitRange(SIDE, SIDE, 1);

    /** Five levels of 255: below it, compression decides which cell is the darker one. */
    private static final double LEAST_CONTRAST = 0.02;

    static Portrait of(DecodedImage decoded) {
        Image image = decoded.image();
        ByteBuffer digest = ByteBuffer.wrap(digest(image));
        float[] cells = new float[SIDE * SIDE];
        CELLS_OF_GREY.apply(image, cells, 0);
        long across = 0;
        long down = 0;
        for (int row = 0; row < CELLS; row++) {
            for (int column = 0; column < CELLS; column++) {
                float cell = cells[row * SIDE + column];
                across = across << 1 | (cell < cells[row * SIDE + column + 1] ? 1 : 0);
                down = down << 1 | (cell < cells[(row + 1) * SIDE + column] ? 1 : 0);
            }
        }
        return new Portrait(
                digest.getLong(),
                digest.getLong(),
                across,
                down,
                deviation(cells) < LEAST_CONTRAST,
                image.height(),
                image.width(),
                grey(image),
                decoded.orientation());
    }

    private static double deviation(float[] values) {
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += value * value;
        }
        double mean = sum / values.length;
        return Math.sqrt(Math.max(0, squares / values.length - mean * mean));
    }

    private static boolean grey(Image image) {
        byte[] pixels = image.pixels();
        for (int i = 0; image.channels() == 3 && i < pixels.length; i += 3) {
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] digest(Image image) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(ByteBuffer.allocate(12)
                    .putInt(image.height())
                    .putInt(image.width())
                    .putInt(image.channels())
                    .array());
            return sha.digest(image.pixels());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
