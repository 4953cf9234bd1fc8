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
    private static final String SMOOTH = "picture";
    // Bytes.
    private static final int WORTH_LOSS = 8 << 10;

    private final Map<Image, String> made = new HashMap<>();

    /** The data URI of a picture. */
    String uri(Image image) {
        return made.computeIfAbsent(image, InlinePictures::encode);
    }

    /** The classes of a picture's element. */
    static String cssClass(Image image) {
        return image.height() <= SMALL && image.width() <= SMALL ? "picture pixelated" : SMOOTH;
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
        return uri("png", Png.encode(size, size, 3, samples));
    }

    /** Small pictures and drawings as they are; photographs, of which there may be hundreds, with some loss. */
    private static String encode(Image image) {
        Image shown = image.atMost(LARGEST);
        byte[] exact = Png.encode(shown);
        if (cssClass(image).equals(SMOOTH) && exact.length > WORTH_LOSS) {
            byte[] lossy = Jpeg.encode(shown);
            if (lossy.length < exact.length) {
                return uri("jpeg", lossy);
            }
        }
        return uri("png", exact);
    }

    private static String uri(String format, byte[] file) {
        return "data:image/" + format + ";base64," + Base64.getEncoder().encodeToString(file);
    }
}
