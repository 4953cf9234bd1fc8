package dev.graft.doctor;

import dev.graft.data.Image;
import dev.graft.image.DecodedImage;
import dev.graft.storage.Digests;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * What is kept of an image while others are looked at: a digest of its pixels, its shape, and its form.
 *
 * @param pixels the first 64 bits of the SHA-256 of dimensions and pixels
 * @param morePixels the next 64
 * @param shape what it looks like from far away ({@link Shape}); empty if there is too little contrast
 */
@SuppressWarnings("ArrayRecordComponent")
record ImageFingerprint(
        long pixels, long morePixels, float[] shape, int height, int width, boolean grey, int orientation) {
    static ImageFingerprint of(DecodedImage decoded) {
        Image image = decoded.image();
        ByteBuffer digest = ByteBuffer.wrap(digest(image));
        return new ImageFingerprint(
                digest.getLong(),
                digest.getLong(),
                Shape.of(image),
                image.height(),
                image.width(),
                grey(image),
                decoded.orientation());
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
        MessageDigest sha = Digests.sha256();
        sha.update(ByteBuffer.allocate(12)
                .putInt(image.height())
                .putInt(image.width())
                .putInt(image.channels())
                .array());
        return sha.digest(image.pixels());
    }
}
