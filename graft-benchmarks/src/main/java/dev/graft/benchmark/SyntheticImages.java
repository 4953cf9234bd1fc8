package dev.graft.benchmark;

import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.image.Preprocessing;
import dev.graft.storage.Digests;
import java.security.MessageDigest;
import java.util.Arrays;
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
    private static final int SIDE = 28;

    private final Preprocessing preprocessing;
    private final int height;
    private final int width;
    private final int channels;
    private final byte[] pixels;
    private final int count;

    private SyntheticImages(Preprocessing preprocessing, int count) {
        this.preprocessing = preprocessing;
        this.height = preprocessing.height();
        this.width = preprocessing.width();
        this.channels = preprocessing.channels();
        this.count = count;
        this.pixels = draw();
    }

    /** Images of the size that a network wants. */
    static SyntheticImages of(Preprocessing preprocessing, int count) {
        return new SyntheticImages(preprocessing, count);
    }

    private byte[] draw() {
        byte[] drawn = new byte[Math.multiplyExact(count, height * width * channels)];
        SplittableRandom random = new SplittableRandom(SEED);
        int scale = Math.max(1, height / SIDE);
        for (int i = 0; i < count; i++) {
            int top = scale * (random.nextInt(4) + 3 * (label(i) % 4));
            int left = scale * (random.nextInt(4) + 3 * (label(i) / 4));
            for (int row = top; row < top + scale * PATCH; row++) {
                for (int column = left; column < left + scale * PATCH; column++) {
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
        MessageDigest digest = Digests.sha256();
        for (int i = 0; i < count; i++) {
            digest.update((byte) label(i));
            digest.update(image(i).pixels());
        }
        return Digests.hex(digest);
    }
}
