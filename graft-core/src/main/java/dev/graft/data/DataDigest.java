package dev.graft.data;

import dev.graft.storage.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The digest of labelled examples by content: class names, then each example's label and its pixels or its text. */
final class DataDigest {
    private DataDigest() {}

    static String of(LabeledImages data) {
        MessageDigest digest = ofClasses(data);
        for (int i = 0; i < data.size(); i++) {
            Image image = data.image(i);
            digest.update(ByteBuffer.allocate(16)
                    .putInt(data.label(i))
                    .putInt(image.height())
                    .putInt(image.width())
                    .putInt(image.channels())
                    .array());
            digest.update(image.pixels());
        }
        return Digests.hex(digest);
    }

    static String of(LabeledTexts data) {
        MessageDigest digest = ofClasses(data);
        for (int i = 0; i < data.size(); i++) {
            digest.update(ByteBuffer.allocate(4).putInt(data.label(i)).array());
            update(digest, data.text(i));
        }
        return Digests.hex(digest);
    }

    static MessageDigest ofClasses(LabeledExamples data) {
        MessageDigest digest = Digests.sha256();
        data.classNames().forEach(className -> update(digest, className));
        return digest;
    }

    static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
