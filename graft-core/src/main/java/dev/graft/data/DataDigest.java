package dev.graft.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
        return HexFormat.of().formatHex(digest.digest());
    }

    static String of(LabeledTexts data) {
        MessageDigest digest = ofClasses(data);
        for (int i = 0; i < data.size(); i++) {
            digest.update(ByteBuffer.allocate(4).putInt(data.label(i)).array());
            update(digest, data.text(i));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest ofClasses(LabeledExamples data) {
        MessageDigest digest = sha256();
        data.classNames().forEach(className -> update(digest, className));
        return digest;
    }

    static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        digest.update(bytes);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
