package dev.graft.mnist;

import dev.graft.error.StorageException;
import dev.graft.storage.AtomicFiles;
import dev.graft.storage.Digests;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Fetches a gzipped file over HTTP, unpacks it and puts it in place only if it is what it must be.
 *
 * <p>The bytes go to a temporary file beside the target, which is synced and renamed at the end, so that the target is
 * whole or absent whatever happens.
 */
final class Download {
    private static final Duration TO_CONNECT = Duration.ofSeconds(15);

    private final HttpClient client;
    private final Duration limit;

    /** Makes a downloader that gives up on a file after the given time. */
    Download(Duration limit) {
        this.limit = limit;
        this.client = HttpClient.newBuilder()
                .connectTimeout(TO_CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /**
     * Fetches one file.
     *
     * @throws IOException with a reason for the user, if the server cannot be reached, refuses, or sends anything else
     */
    void fetch(URI address, UnpackedFile expected, Path target) throws IOException {
        try {
            AtomicFiles.stream(target, stream -> unpack(address, expected, stream));
        } catch (StorageException e) {
            throw e.getCause() instanceof IOException reason ? reason : new IOException(e.getMessage(), e);
        }
    }

    private void unpack(URI address, UnpackedFile expected, OutputStream out) throws IOException {
        MessageDigest digest = Digests.sha256();
        long size = 0;
        try (InputStream in = new StrictGzip(new BufferedInputStream(open(address)))) {
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                size += count;
                if (size > expected.size()) {
                    throw new IOException("expected " + expected.size() + " bytes unpacked, found more");
                }
                digest.update(buffer, 0, count);
                out.write(buffer, 0, count);
            }
        }
        String found = Digests.hex(digest);
        if (!found.equals(expected.sha256())) {
            throw new IOException("expected SHA-256 " + expected.sha256() + ", found " + found);
        }
    }

    private InputStream open(URI address) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(limit).build();
        HttpResponse<InputStream> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        InputStream body = response.body();
        if (response.statusCode() != 200) {
            body.close();
            throw new IOException("HTTP status " + response.statusCode());
        }
        closeAtLimit(body);
        return body;
    }

    /** The client's own time limit ends with the response's header; a body that stalls would block for ever. */
    private void closeAtLimit(InputStream body) {
        CompletableFuture<Void> unused = CompletableFuture.runAsync(
                () -> {
                    try {
                        body.close();
                    } catch (IOException e) {
                        // The reader meets the same failure and reports it.
                    }
                },
                CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
    }
}
