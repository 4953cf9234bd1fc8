package dev.graft.hub;

import dev.graft.storage.AtomicFiles;
import dev.graft.storage.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Brings one content into the cache: resumed where an earlier attempt ended, checked against its digest, and put in
 * place by a rename, so that it is there whole or not at all.
 *
 * <p>Processes that want the same content at once do not wait for each other: one holds a lock and the file that is
 * resumed, any other downloads into a file of its own.
 */
final class BlobDownload {
    private static final int BUFFER_BYTES = 1 << 16;

    private final HubHttp http;
    private final HubProblems problems;
    private final ToLongFunction<Path> freeSpace;
    private final Blob blob;
    private final Path target;
    private final Path directory;

    BlobDownload(HubHttp http, HubProblems problems, ToLongFunction<Path> freeSpace, Blob blob, Path target) {
        this.http = http;
        this.problems = problems;
        this.freeSpace = freeSpace;
        this.blob = blob;
        this.target = target;
        this.directory = Objects.requireNonNull(target.toAbsolutePath().getParent(), "a cache below a root");
    }

    /** A failure of the disk, not of the network: trying again does not help. */
    private static final class DiskException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final IOException reason;

        DiskException(IOException reason) {
            super(reason);
            this.reason = reason;
        }
    }

    /** Fetches the content unless it is here. */
    void fetch(Path lockFile) {
        try {
            Files.createDirectories(directory);
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    @Nullable FileLock lock = tryLock(channel)) {
                if (Files.isRegularFile(target)) {
                    return;
                }
                if (lock == null) {
                    Path own = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
                    try {
                        fetchInto(own);
                    } finally {
                        Files.deleteIfExists(own);
                    }
                } else {
                    fetchInto(target.resolveSibling(target.getFileName() + ".incomplete"));
                }
            }
        } catch (DiskException e) {
            throw problems.notWritten(target, e.reason);
        } catch (IOException e) {
            throw problems.notWritten(target, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has it.
            return null;
        }
    }

    private void fetchInto(Path part) throws IOException {
        long needed = blob.size() - (Files.exists(part) ? Files.size(part) : 0);
        long free = freeSpace.applyAsLong(directory);
        if (needed > free) {
            throw problems.tooLittleSpace(directory, needed, free);
        }
        boolean resumed = Files.exists(part) && Files.size(part) > 0;
        String found = http.retrying(blob.address(), problems, () -> fill(part));
        if (!found.equals(blob.digest()) && resumed) {
            // What an earlier run left may have been damaged since.
            Files.delete(part);
            found = http.retrying(blob.address(), problems, () -> fill(part));
        }
        if (!found.equals(blob.digest())) {
            Files.delete(part);
            throw problems.differs(blob.address(), blob, found);
        }
        AtomicFiles.rename(part, target);
    }

    /** Goes on with the file until it has all bytes, and tells their digest. */
    private String fill(Path part) throws IOException {
        try (FileChannel file = openPart(part)) {
            MessageDigest digest = blob.begin();
            long have = digestOf(file, digest);
            if (have < blob.size()) {
                String range = have == 0 ? null : "bytes=" + have + "-";
                HttpResponse<InputStream> response = http.send("GET", blob.address(), range, problems);
                try (InputStream body = new StallGuard(response.body(), http.limit())) {
                    if (!continues(response, have)) {
                        restart(file, response);
                        digest = blob.begin();
                        have = 0;
                    }
                    append(body, file, digest, have);
                }
            }
            force(file);
            return Digests.hex(digest);
        }
    }

    /** Digests what is there already; more than there should be is thrown away. */
    private long digestOf(FileChannel file, MessageDigest digest) {
        try {
            if (file.size() > blob.size()) {
                file.truncate(0);
            }
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            long have = 0;
            for (int count = file.read(buffer, have); count >= 0; count = file.read(buffer, have)) {
                digest.update(buffer.flip());
                buffer.clear();
                have += count;
            }
            return have;
        } catch (IOException e) {
            throw new DiskException(e);
        }
    }

    /** Whether the body goes on where the file ends. */
    private static boolean continues(HttpResponse<?> response, long have) {
        return have == 0
                ? response.statusCode() == 200
                : response.statusCode() == 206
                        && response.headers()
                                .firstValue("content-range")
                                .orElse("")
                                .startsWith("bytes " + have + "-");
    }

    /** Empties the file for a body that begins at the beginning; refuses any other body. */
    private void restart(FileChannel file, HttpResponse<?> response) throws IOException {
        int status = response.statusCode();
        if (status != 200 && status != 206 && status != 416) {
            throw problems.refused(response.uri(), status, response.headers());
        }
        try {
            file.truncate(0);
        } catch (IOException e) {
            throw new DiskException(e);
        }
        if (status != 200) {
            throw new IOException("the server does not go on at the byte that was asked for");
        }
    }

    private void append(InputStream body, FileChannel file, MessageDigest digest, long from) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long have = from;
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            if (have + count > blob.size()) {
                throw problems.malformed(blob.address(), blob.size() + " bytes, as announced", "more bytes");
            }
            write(file, ByteBuffer.wrap(buffer, 0, count), have);
            digest.update(buffer, 0, count);
            have += count;
        }
        if (have < blob.size()) {
            throw new IOException("the server ended after " + have + " of " + blob.size() + " bytes");
        }
    }

    private static void write(FileChannel file, ByteBuffer bytes, long position) {
        try {
            long at = position;
            while (bytes.hasRemaining()) {
                at += file.write(bytes, at);
            }
        } catch (IOException e) {
            throw new DiskException(e);
        }
    }

    private static void force(FileChannel file) {
        try {
            file.force(true);
        } catch (IOException e) {
            throw new DiskException(e);
        }
    }

    private static FileChannel openPart(Path part) {
        try {
            return FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new DiskException(e);
        }
    }
}
