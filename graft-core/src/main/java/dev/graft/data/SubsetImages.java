package dev.graft.data;

import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A view of some of another data set's examples. */
final class SubsetImages implements LabeledImages, DigestOrigin {
    private final LabeledImages whole;
    private final int[] indexes;
    private volatile @Nullable String digest;

    SubsetImages(LabeledImages whole, int[] indexes) {
        this.whole = whole;
        this.indexes = indexes.clone();
    }

    @Override
    public String name() {
        return whole.name();
    }

    @Override
    public List<String> classNames() {
        return whole.classNames();
    }

    @Override
    public int size() {
        return indexes.length;
    }

    @Override
    public int label(int index) {
        return whole.label(indexes[index]);
    }

    @Override
    public Targets targets() {
        return whole.targets().subset(indexes);
    }

    @Override
    public TargetKind kind() {
        return whole.kind();
    }

    @Override
    public Image image(int index) {
        return whole.image(indexes[index]);
    }

    @Override
    public @Nullable String caption(int index) {
        return whole.caption(indexes[index]);
    }

    @Override
    public @Nullable String content(int index) {
        return whole.content(indexes[index]);
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
