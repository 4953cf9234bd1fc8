package dev.graft.update;

import dev.graft.storage.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The digest of data that was put together. */
final class Digest {
    private Digest() {}

    static String of(String first, String second) {
        MessageDigest sha = Digests.sha256();
        sha.update((first + "\n" + second).getBytes(StandardCharsets.UTF_8));
        return Digests.hex(sha);
    }
}
