package dev.graft.image;

import dev.graft.data.DigestOrigin;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Images of a keeper, or of their source where it has none. */
final class KeptImages implements LabeledImages, DigestOrigin {
    private final ImageKeeper keeper;
    private final LabeledImages source;
    private final int[] places;

    KeptImages(ImageKeeper keeper, LabeledImages source, int[] places) {
        this.keeper = keeper;
        this.source = source;
        this.places = places;
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
        return places.length;
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

    @Override
    public Image image(int index) {
        Image kept = keeper.image(places[index]);
        return kept == null ? source.image(index) : kept;
    }

    /** Writes the prepared image, from the keeper if it has that or the image. */
    void read(int index, Preprocessing preprocessing, float[] target, int offset) {
        if (!keeper.readPrepared(places[index], preprocessing, target, offset)) {
            preprocessing.apply(image(index), target, offset);
        }
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
        return new KeptImages(
                keeper,
                source.subset(indexes),
                Arrays.stream(indexes).map(index -> places[index]).toArray());
    }

    @Override
    public boolean digestIsComputed() {
        return DigestOrigin.isComputed(source);
    }
}
