package dev.graft.report;

import dev.graft.data.Image;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Turns pictures into data URIs, each once, large ones scaled down to what the page shows. */
final class InlinePictures {
    /** Pictures up to this size are shown with visible pixels. */
    private static final int SMALL = 64;

    private static final int LARGEST = 160;

    private final Map<Image, String> made = new HashMap<>();

    /** The data URI of a picture. */
    String uri(Image image) {
        return made.computeIfAbsent(image, InlinePictures::encode);
    }

    /** The classes of a picture's element. */
    static String cssClass(Image image) {
        return image.height() <= SMALL && image.width() <= SMALL ? "picture pixelated" : "picture";
    }

    /** The heat map of a confusion matrix, one pixel a cell, from white to a dark blue. */
    static String heatMap(ConfusionView confusion) {
        int size = confusion.size();
        byte[] samples = new byte[size * size * 3];
        int next = 0;
        for (int truth = 0; truth < size; truth++) {
            for (int predicted = 0; predicted < size; predicted++) {
                // The square root keeps rare confusions visible.
                double share = Math.sqrt(confusion.share(truth, predicted));
                samples[next++] = (byte) Math.round(255 - share * 244);
                samples[next++] = (byte) Math.round(255 - share * 180);
                samples[next++] = (byte) Math.round(255 - share * 100);
            }
        }
        return uri(Png.encode(size, size, 3, samples));
    }

    private static String encode(Image image) {
        return uri(Png.encode(image.atMost(LARGEST)));
    }

    private static String uri(byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }
}
