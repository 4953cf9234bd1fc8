package dev.graft.data;

import java.util.List;
import java.util.stream.IntStream;

/** Images that were decoded once and are kept in memory, because every epoch reads them again. */
public final class DecodedImages implements LabeledImages {
    private final LabeledImages source;
    private final Image[] images;

    private DecodedImages(LabeledImages source, Image[] images) {
        this.source = source;
        this.images = images;
    }

    /** Decodes all images, on all cores, and keeps them: height x width x channels bytes each. */
    public static DecodedImages of(LabeledImages source) {
        Image[] images = new Image[source.size()];
        IntStream.range(0, images.length).parallel().forEach(i -> images[i] = source.image(i));
        return new DecodedImages(source, images);
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public List<String> classNames() {
        return source.classNames();
    }

    @Override
    public int size() {
        return images.length;
    }

    @Override
    public int label(int index) {
        return source.label(index);
    }

    @Override
    public Image image(int index) {
        return images[index];
    }

    @Override
    public String digest() {
        return source.digest();
    }
}
