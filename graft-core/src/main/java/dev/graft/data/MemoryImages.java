package dev.graft.data;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.storage.Digests;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Pictures that a program hands over, or makes when they are asked for. */
final class MemoryImages implements LabeledImages, DigestOrigin {
    private final String name;
    private final StringLabels labels;
    private final IntFunction<Image> pictures;
    private final AtomicReferenceArray<@Nullable String> contents;
    private volatile @Nullable String digest;

    MemoryImages(String name, StringLabels labels, IntFunction<Image> pictures) {
        this.name = name;
        this.labels = labels;
        this.pictures = pictures;
        this.contents = new AtomicReferenceArray<>(labels.indexes().length);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> classNames() {
        return labels.classNames();
    }

    @Override
    public int size() {
        return labels.indexes().length;
    }

    @Override
    public int label(int index) {
        return labels.indexes()[index];
    }

    @Override
    public Image image(int index) {
        Image image = pictures.apply(index);
        if (image == null) {
            throw new DataException(Problem.of("A picture is null.")
                    .where(name + ", picture " + index)
                    .expected("a decoded picture")
                    .found("null"));
        }
        return image;
    }

    @Override
    public String content(int index) {
        String known = contents.get(index);
        if (known == null) {
            known = digestOf(image(index));
            contents.set(index, known);
        }
        return known;
    }

    private static String digestOf(Image image) {
        MessageDigest sha = Digests.sha256();
        sha.update(ByteBuffer.allocate(12)
                .putInt(image.height())
                .putInt(image.width())
                .putInt(image.channels())
                .array());
        sha.update(image.pixels());
        return Digests.hex(sha);
    }

    @Override
    public String digest() {
        String known = digest;
        if (known == null) {
            known = DataDigest.of(this);
            digest = known;
        }
        return known;
    }

    @Override
    public boolean digestIsComputed() {
        return true;
    }
}
