package dev.graft.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest of labelled images by content: class names, then label, dimensions and pixels of each example. */
final class DataDigest {
    private DataDigest() {}

    static String of(LabeledImages data) {
        MessageDigest digest = sha256();
        for (String className : data.classNames()) {
            byte[] name = className.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(4).putInt(name.length).array());
            digest.update(name);
        }
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

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
