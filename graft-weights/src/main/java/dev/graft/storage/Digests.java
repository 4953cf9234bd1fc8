package dev.graft.storage;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes digests, and writes them in lower-case hexadecimal. */
public final class Digests {
    private Digests() {}

    /** A new SHA-256, which has seen nothing yet. */
    public static MessageDigest sha256() {
        return newDigest("SHA-256");
    }

    /** A new SHA-1, for checking what others named by one; nothing of Graft's is. */
    public static MessageDigest sha1() {
        return newDigest("SHA-1");
    }

    /** The digest of all that was given, after which the object starts anew. */
    public static String hex(MessageDigest digest) {
        return hex(digest.digest());
    }

    /** A digest's bytes in lower-case hexadecimal. */
    public static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    private static MessageDigest newDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has " + algorithm, e);
        }
    }
}
