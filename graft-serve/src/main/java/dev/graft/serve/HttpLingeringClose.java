package dev.graft.serve;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what a client still sends of a body after the answer was written, for a short while and without keeping it. A connection that
 * is closed on bytes that nobody read takes the answer with it, so that the client learns nothing of why it was refused (RFC 9112,
 * section 9.6).
 */
final class HttpLingeringClose implements Callback {
    private static final long MOST_MILLIS = 2_000;

    private final Request request;
    private final Callback callback;
    private final ScheduledExecutorService clock;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable ScheduledFuture<?> alarm;

    /**
     * Before the answer is written.
     *
     * @param request nobody else reads it
     * @param callback ends the exchange
     */
    HttpLingeringClose(Request request, Callback callback, ScheduledExecutorService clock) {
        this.request = request;
        this.callback = callback;
        this.clock = clock;
    }

    /** The answer was written. */
    @Override
    public void succeeded() {
        try {
            alarm = clock.schedule(
                    () -> end(new TimeoutException("the client sends on after it was refused")),
                    MOST_MILLIS,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The server stops.
            end(null);
            return;
        }
        proceed();
    }

    private void proceed() {
        while (!ended.get()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this::proceed);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                end(chunk.getFailure());
                return;
            }
            boolean last = chunk.isLast();
            chunk.release();
            if (last) {
                end(null);
                return;
            }
        }
    }

    @Override
    public void failed(Throwable failure) {
        end(failure);
    }

    private void end(@Nullable Throwable failure) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        ScheduledFuture<?> set = alarm;
        if (set != null) {
            set.cancel(false);
        }
        if (failure == null) {
            callback.succeeded();
        } else {
            callback.failed(failure);
        }
    }
}
