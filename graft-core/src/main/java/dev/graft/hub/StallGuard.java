package dev.graft.hub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A response's body that is closed when nothing of it arrives for a while: the client's own time limit ends with the
 * response's headers, and a body that stalls would block for ever.
 */
final class StallGuard extends FilterInputStream {
    private final Duration limit;
    private final AtomicLong arrived = new AtomicLong();
    private volatile boolean done;

    StallGuard(InputStream body, Duration limit) {
        super(body);
        this.limit = limit;
        watch(-1);
    }

    private void watch(long before) {
        CompletableFuture<Void> unused = CompletableFuture.runAsync(
                () -> {
                    if (done) {
                        return;
                    }
                    long now = arrived.get();
                    if (now == before) {
                        closeQuietly();
                    } else {
                        watch(now);
                    }
                },
                CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void closeQuietly() {
        try {
            in.close();
        } catch (IOException e) {
            // The reader meets the same failure and reports it.
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        arrived.addAndGet(Math.max(0, count));
        return count;
    }

    @Override
    public void close() throws IOException {
        done = true;
        super.close();
    }
}
