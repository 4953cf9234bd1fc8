package dev.graft.teaching;

import dev.graft.data.DigestOrigin;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.storage.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** Pictures of which only their features are kept, in the feature cache, and what tells them apart. */
final class TaughtImages implements LabeledImages, DigestOrigin {
    private final String name;
    private final List<String> classNames;
    private final int[] labels;
    private final List<String> contents;
    private final String digest;

    /** Examples with a digest of their own. */
    TaughtImages(String name, List<String> classNames, int[] labels, List<String> contents) {
        this(name, classNames, labels, contents, digest(classNames, labels, contents));
    }

    /**
     * Examples whose digest is known.
     *
     * @param contents what is equal for two pictures of equal content
     */
    TaughtImages(String name, List<String> classNames, int[] labels, List<String> contents, String digest) {
        this.name = name;
        this.classNames = List.copyOf(classNames);
        this.labels = labels.clone();
        this.contents = List.copyOf(contents);
        this.digest = digest;
    }

    private static String digest(List<String> classNames, int[] labels, List<String> contents) {
        MessageDigest sha = Digests.sha256();
        classNames.forEach(one -> update(sha, one));
        for (int i = 0; i < labels.length; i++) {
            sha.update(ByteBuffer.allocate(4).putInt(labels[i]).array());
            update(sha, contents.get(i));
        }
        return Digests.hex(sha);
    }

    private static void update(MessageDigest sha, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        sha.update(bytes);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public String digest() {
        return digest;
    }

    @Override
    public String content(int index) {
        return contents.get(index);
    }

    @Override
    public Image image(int index) {
        throw new DataException(Problem.of("A picture is no longer there.")
                .where(name + ", picture " + index)
                .expected("what needs its features alone, which are kept")
                .fix("this is a defect of Graft: please report it"));
    }

    @Override
    public LabeledImages subset(int[] indexes) {
        int[] some = new int[indexes.length];
        String[] kept = new String[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            some[i] = labels[indexes[i]];
            kept[i] = contents.get(indexes[i]);
        }
        return new TaughtImages(name, classNames, some, List.of(kept));
    }

    @Override
    public boolean digestIsComputed() {
        return true;
    }
}
