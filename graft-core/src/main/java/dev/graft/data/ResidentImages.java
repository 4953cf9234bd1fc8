package dev.graft.data;

import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decoded images in memory, so that no epoch decodes them again: for data whose decoded images are small, all together.
 * Safe for use by several threads.
 */
public final class ResidentImages implements LabeledImages, DigestOrigin {
    private final LabeledImages source;
    private final Image[] images;

    private ResidentImages(LabeledImages source, Image[] images) {
        this.source = source;
        this.images = images;
    }

    /**
     * Decodes all images, on all cores, unless they need more memory than allowed.
     *
     * @param data what to hold
     * @param largestBytes the most that all pixels together may take
     * @return the images in memory; {@code data} itself if they do not fit, of which nothing is kept then
     * @throws dev.graft.error.DataException if an image cannot be decoded
     */
    public static LabeledImages within(LabeledImages data, long largestBytes) {
        Image[] images = new Image[data.size()];
        AtomicLong bytes = new AtomicLong();
        boolean fits = IntStream.range(0, images.length).parallel().allMatch(index -> {
            if (bytes.get() > largestBytes) {
                return false;
            }
            images[index] = data.image(index);
            return bytes.addAndGet(images[index].pixels().length) <= largestBytes;
        });
        return fits ? new ResidentImages(data, images) : data;
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
    public Targets targets() {
        return source.targets();
    }

    @Override
    public TargetKind kind() {
        return source.kind();
    }

    /** The image itself and no copy: its pixels are not to be changed. */
    @Override
    public Image image(int index) {
        return images[index];
    }

    @Override
    public @Nullable String caption(int index) {
        return source.caption(index);
    }

    @Override
    public @Nullable String content(int index) {
        return source.content(index);
    }

    @Override
    public String digest() {
        return source.digest();
    }

    @Override
    public LabeledImages subset(int[] indexes) {
        Image[] chosen = new Image[indexes.length];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = images[indexes[i]];
        }
        return new ResidentImages(source.subset(indexes), chosen);
    }

    @Override
    public boolean digestIsComputed() {
        return DigestOrigin.isComputed(source);
    }
}
