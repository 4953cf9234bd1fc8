package dev.graft.benchmark.choice;

import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.storage.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * Images in memory with their labels.
 *
 * @param name the task's name
 * @param classNames the classes
 * @param images the images
 * @param labels their classes
 * @param content the digest of it all
 */
record MadeImages(String name, List<String> classNames, List<Image> images, List<Integer> labels, String content)
        implements LabeledImages {
    static MadeImages of(String name, List<String> classNames, List<Image> images, List<Integer> labels) {
        return new MadeImages(name, classNames, images, labels, digest(classNames, images, labels));
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public int label(int index) {
        return labels.get(index);
    }

    @Override
    public Image image(int index) {
        return images.get(index);
    }

    @Override
    public String digest() {
        return content;
    }

    private static String digest(List<String> classNames, List<Image> images, List<Integer> labels) {
        MessageDigest sha = Digests.sha256();
        sha.update(String.join("\n", classNames).getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < images.size(); i++) {
            sha.update(ByteBuffer.allocate(4).putInt(labels.get(i)).array());
            sha.update(images.get(i).pixels());
        }
        return Digests.hex(sha);
    }
}
