package dev.graft.data;

import dev.graft.storage.Digests;
import dev.graft.targets.OneClass;
import dev.graft.targets.Targets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.stream.IntStream;

/** The digest of labelled examples by content: class names, then each example's label and its pixels or its text. */
final class DataDigest {
    private DataDigest() {}

    static String of(LabeledImages data) {
        MessageDigest digest = ofClasses(data);
        // What is decoded when it is asked for takes longer than its digest.
        Image[] some = new Image[Runtime.getRuntime().availableProcessors()];
        for (int from = 0; from < data.size(); from += some.length) {
            int first = from;
            int count = Math.min(some.length, data.size() - from);
            IntStream.range(0, count).parallel().forEach(i -> some[i] = data.image(first + i));
            for (int i = 0; i < count; i++) {
                update(digest, data.label(from + i), some[i]);
            }
        }
        return Digests.hex(digest);
    }

    private static void update(MessageDigest digest, int label, Image image) {
        digest.update(ByteBuffer.allocate(16)
                .putInt(label)
                .putInt(image.height())
                .putInt(image.width())
                .putInt(image.channels())
                .array());
        digest.update(image.pixels());
    }

    static String of(LabeledTexts data) {
        MessageDigest digest = ofClasses(data);
        Targets targets = data.targets();
        boolean classes = targets.kind() instanceof OneClass;
        for (int i = 0; i < data.size(); i++) {
            if (classes) {
                digest.update(ByteBuffer.allocate(4).putInt(targets.label(i)).array());
            }
            update(digest, data.text(i));
        }
        if (!classes) {
            update(digest, targets);
        }
        return Digests.hex(digest);
    }

    static MessageDigest ofClasses(LabeledExamples data) {
        MessageDigest digest = Digests.sha256();
        data.classNames().forEach(className -> update(digest, className));
        return digest;
    }

    /** The names of the classes, and each example's label; of other targets all values. */
    static MessageDigest ofTargets(LabeledExamples data) {
        MessageDigest digest = ofClasses(data);
        Targets targets = data.targets();
        if (targets.kind() instanceof OneClass) {
            for (int label : targets.labels()) {
                digest.update(ByteBuffer.allocate(4).putInt(label).array());
            }
        } else {
            update(digest, targets);
        }
        return digest;
    }

    /** The task, its names and all values. */
    static void update(MessageDigest digest, Targets targets) {
        update(digest, targets.kind().task());
        targets.kind().names().forEach(name -> update(digest, name));
        for (double value : targets.values()) {
            digest.update(ByteBuffer.allocate(8).putDouble(value).array());
        }
    }

    /**
     * Requires a target for each example.
     *
     * @throws DataException if there are more or fewer
     */
    static void requireOneForEach(LabeledExamples data, Targets targets) {
        StringLabels.requireOneForEach(data.size(), targets.size(), "example", data.name());
    }

    static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
