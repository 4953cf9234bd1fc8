package dev.graft.serve;

import dev.graft.error.Problem;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A bounded queue before a few workers, and a bound on the bytes that are held for all of it. Thread-safe. */
final class WorkQueue implements AutoCloseable {
    private final ThreadPoolExecutor workers;
    private final long mostBytes;
    private final AtomicLong bytes = new AtomicLong();

    WorkQueue(ServerLimits limits) {
        AtomicInteger number = new AtomicInteger();
        this.mostBytes = limits.bytesInFlight();
        this.workers = new ThreadPoolExecutor(
                limits.workers(),
                limits.workers(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.queued()),
                work -> {
                    Thread thread = new Thread(work, "graft-serve-worker-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        workers.prestartAllCoreThreads();
    }

    /**
     * Takes work, which must not throw.
     *
     * @throws Refusal if the queue is full
     */
    void add(Runnable work) {
        try {
            workers.execute(work);
        } catch (RejectedExecutionException e) {
            throw full("requests that wait", workers.getQueue().size());
        }
    }

    /** Takes work back that has not begun; it is then never done. */
    void remove(Runnable work) {
        workers.remove(work);
    }

    /**
     * Notes that more bytes are held.
     *
     * @throws Refusal if that would be too many; they are then not noted
     */
    void hold(long more) {
        long now = bytes.addAndGet(more);
        if (now > mostBytes) {
            bytes.addAndGet(-more);
            throw full("bytes of other requests", now - more);
        }
    }

    /** Notes that bytes are no longer held. */
    void free(long fewer) {
        bytes.addAndGet(-fewer);
    }

    /** How many requests wait. */
    int waiting() {
        return workers.getQueue().size();
    }

    /** How many bytes of bodies are held. */
    long heldBytes() {
        return bytes.get();
    }

    private static Refusal full(String what, long count) {
        return new Refusal(
                503,
                Problem.of("The server has as much to do as it takes.")
                        .found(count + " " + what)
                        .fix("try again a little later"),
                Map.of("Retry-After", ErrorReply.RETRY_SECONDS));
    }

    /** Ends the workers; what waits is not done. */
    @Override
    public void close() {
        workers.shutdownNow();
    }
}
