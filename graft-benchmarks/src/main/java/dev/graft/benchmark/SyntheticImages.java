package dev.graft.benchmark;

import dev.graft.backbone.ActivationShape;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.image.Preprocessing;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Drawn images in memory, a bright patch whose place depends on the class, on a dark ground: about as many zeros as
 * handwritten digits have. The same for each peer.
 */
final class SyntheticImages implements LabeledImages {
    static final int CLASSES = 10;
    private static final long SEED = 7;
    private static final int PATCH = 11;

    private final int height;
    private final int width;
    private final int channels;
    private final byte[] pixels;
    private final int count;

    private SyntheticImages(int height, int width, int channels, int count) {
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.count = count;
        this.pixels = draw();
    }

    static SyntheticImages forInput(ActivationShape input, int count) {
        return new SyntheticImages(input.height(), input.width(), input.channels(), count);
    }

    private byte[] draw() {
        byte[] drawn = new byte[Math.multiplyExact(count, height * width * channels)];
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < count; i++) {
            int top = random.nextInt(4) + 3 * (label(i) % 4);
            int left = random.nextInt(4) + 3 * (label(i) / 4);
            for (int row = top; row < top + PATCH; row++) {
                for (int column = left; column < left + PATCH; column++) {
                    for (int channel = 0; channel < channels; channel++) {
                        int place = ((i * height + row) * width + column) * channels + channel;
                        drawn[place] = (byte) (100 + random.nextInt(156));
                    }
                }
            }
        }
        return drawn;
    }

    /** All images prepared, row after row, (count, height, width, channels). */
    float[] channelsLast() {
        Preprocessing preprocessing = Preprocessing.unitRange(height, width, channels);
        float[] rows = new float[pixels.length];
        for (int i = 0; i < count; i++) {
            preprocessing.apply(image(i), rows, i * rowLength());
        }
        return rows;
    }

    /** All images prepared, row after row, (count, channels, height, width). */
    float[] channelsFirst() {
        float[] last = channelsLast();
        float[] first = new float[last.length];
        int places = height * width;
        for (int i = 0; i < count; i++) {
            for (int place = 0; place < places; place++) {
                for (int channel = 0; channel < channels; channel++) {
                    first[(i * channels + channel) * places + place] = last[(i * places + place) * channels + channel];
                }
            }
        }
        return first;
    }

    int rowLength() {
        return height * width * channels;
    }

    int[] labels() {
        return IntStream.range(0, count).map(this::label).toArray();
    }

    @Override
    public String name() {
        return "synthetic";
    }

    @Override
    public List<String> classNames() {
        return IntStream.range(0, CLASSES).mapToObj(k -> "class " + k).toList();
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public int label(int index) {
        return index % CLASSES;
    }

    @Override
    public Image image(int index) {
        return new Image(
                height, width, channels, Arrays.copyOfRange(pixels, index * rowLength(), (index + 1) * rowLength()));
    }

    /** Computed at each call, as it is for data sets in memory. */
    @Override
    public String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int i = 0; i < count; i++) {
                digest.update((byte) label(i));
                digest.update(image(i).pixels());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
