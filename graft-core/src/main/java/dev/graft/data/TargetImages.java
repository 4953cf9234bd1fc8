package dev.graft.data;

import dev.graft.storage.Digests;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pictures that had targets of their own, or none to speak of, with others. */
final class TargetImages implements LabeledImages, DigestOrigin {
    private final LabeledImages source;
    private final Targets targets;
    private final boolean ofItems;

    private TargetImages(LabeledImages source, Targets targets, boolean ofItems) {
        this.source = source;
        this.targets = targets;
        this.ofItems = ofItems;
    }

    /** Pictures as data of their own. */
    static TargetImages of(LabeledImages source, Targets targets) {
        DataDigest.requireOneForEach(source, targets);
        return new TargetImages(source, targets, false);
    }

    /** A column of items, whose digest has the targets: that of the column stays as it was. */
    static TargetImages ofItems(LabeledImages source, Targets targets) {
        return new TargetImages(source, targets, true);
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public List<String> classNames() {
        return targets.kind().names();
    }

    @Override
    public int size() {
        return targets.size();
    }

    @Override
    public int label(int index) {
        return targets.label(index);
    }

    @Override
    public Targets targets() {
        return targets;
    }

    @Override
    public TargetKind kind() {
        return targets.kind();
    }

    @Override
    public Image image(int index) {
        return source.image(index);
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
        if (ofItems) {
            return source.digest();
        }
        MessageDigest sha = Digests.sha256();
        DataDigest.update(sha, source.digest());
        DataDigest.update(sha, targets);
        return Digests.hex(sha);
    }

    @Override
    public LabeledImages subset(int[] indexes) {
        return new TargetImages(source.subset(indexes), targets.subset(indexes), ofItems);
    }

    @Override
    public boolean digestIsComputed() {
        return DigestOrigin.isComputed(source);
    }
}
