package dev.graft.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

class DigestsTest {
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

    @Test
    void areThoseOfTheStandards() {
        // The examples of FIPS 180-4.
        assertThat(Digests.hex(Digests.sha256().digest(ABC)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Digests.hex(Digests.sha1().digest(ABC))).isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d");
    }

    @Test
    void startAnewWhenTheyWereTaken() {
        MessageDigest digest = Digests.sha256();
        digest.update(ABC);
        String first = Digests.hex(digest);
        digest.update(ABC);

        assertThat(Digests.hex(digest)).isEqualTo(first);
    }
}
