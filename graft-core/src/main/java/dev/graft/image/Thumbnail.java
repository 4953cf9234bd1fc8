package dev.graft.image;

import dev.graft.data.Image;

/** Makes large pictures smaller. */
public final class Thumbnail {
    private Thumbnail() {}

    /** Scales a picture down so that neither side is longer than so many pixels; a smaller one stays as it is. */
    public static Image of(Image image, int longest) {
        int longer = Math.max(image.height(), image.width());
        if (longer <= longest) {
            return image;
        }
        int height = Math.max(1, Math.round((float) image.height() * longest / longer));
        int width = Math.max(1, Math.round((float) image.width() * longest / longer));
        float[] samples = new Resize(image, height, width, Interpolation.BILINEAR).window(0, 0, height, width);
        byte[] pixels = new byte[samples.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.round(samples[i]);
        }
        return new Image(height, width, image.channels(), pixels);
    }
}
