package dev.graft.hub;

import dev.graft.storage.Digests;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The content of a file as the server announces it: its digest, under which it is cached, and its size.
 *
 * <p>Large files have the SHA-256 of their bytes; small ones git's own digest, the SHA-1 of a short header and the
 * bytes.
 *
 * @param address where to get it
 * @param digest in lower-case hexadecimal
 * @param size in bytes
 */
record Blob(URI address, String digest, long size) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,15}");
    private static final Pattern GIT = Pattern.compile("[0-9a-f]{40}");

    /** The digest in an {@code ETag} header, if it holds one that the content can be checked against. */
    static Optional<String> digestIn(String etag) {
        String bare = etag.startsWith("W/") ? etag.substring(2) : etag;
        String plain = bare.replace("\"", "").strip();
        return SHA256.matcher(plain).matches() || GIT.matcher(plain).matches() ? Optional.of(plain) : Optional.empty();
    }

    /** Asks for the headers of a file. */
    static Blob announced(HubHttp http, URI address, HubProblems problems) {
        return http.retrying(address, problems, () -> {
            HttpResponse<InputStream> response = http.send("HEAD", address, null, problems);
            response.body().close();
            if (response.statusCode() >= 400) {
                throw problems.refused(address, response.statusCode(), response.headers());
            }
            HttpHeaders headers = response.headers();
            String digest = headers.firstValue("x-linked-etag")
                    .or(() -> headers.firstValue("etag"))
                    .flatMap(Blob::digestIn)
                    .orElseThrow(() -> problems.noDigest(address));
            return new Blob(address, digest, size(headers, address, problems));
        });
    }

    private static long size(HttpHeaders headers, URI address, HubProblems problems) {
        String text = headers.firstValue("x-linked-size")
                .or(() -> headers.firstValue("content-length"))
                .orElse("none");
        if (!SIZE.matcher(text).matches()) {
            throw problems.malformed(address, "a size in X-Linked-Size or Content-Length", text);
        }
        return Long.parseLong(text);
    }

    String algorithm() {
        return digest.length() == 64 ? "SHA-256" : "git SHA-1";
    }

    /** A digest that has seen all that comes before the content. */
    MessageDigest begin() {
        if (digest.length() == 64) {
            return Digests.sha256();
        }
        MessageDigest git = Digests.sha1();
        git.update(("blob " + size + "\0").getBytes(StandardCharsets.ISO_8859_1));
        return git;
    }
}
