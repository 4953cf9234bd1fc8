package dev.graft.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/**
 * What a file held when it was written.
 *
 * @param bytes its length
 * @param sha256 the SHA-256 of its content, in lower-case hexadecimal
 */
public record FileRecord(long bytes, String sha256) {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException if the length is negative, or the digest is none
     */
    public FileRecord {
        if (bytes < 0 || sha256 == null || !DIGEST.matcher(sha256).matches()) {
            throw new IllegalArgumentException("a file of " + bytes + " bytes with SHA-256 " + sha256);
        }
    }

    /**
     * What a file holds now; reads it once, and keeps nothing of it.
     *
     * @throws IOException if it cannot be read, or is no regular file
     */
    public static FileRecord of(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("it is no regular file");
        }
        MessageDigest digest = Digests.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            long bytes = in.transferTo(OutputStream.nullOutputStream());
            return new FileRecord(bytes, Digests.hex(digest));
        }
    }

    /** What a file with this content holds. */
    public static FileRecord of(byte[] content) {
        return new FileRecord(content.length, Digests.hex(Digests.sha256().digest(content)));
    }
}
