package dev.graft.serve;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way to an answer. Several may want to end it: the worker with its answer, the clock, the client who leaves.
 * The first of them does. Thread-safe.
 */
final class Exchange {
    private final String id;
    private final EndPoint endPoint;
    private final WorkQueue queue;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong held = new AtomicLong();
    private volatile @Nullable ScheduledFuture<?> alarm;
    private volatile @Nullable Runnable work;

    Exchange(String id, EndPoint endPoint, WorkQueue queue) {
        this.id = id;
        this.endPoint = endPoint;
        this.queue = queue;
    }

    String id() {
        return id;
    }

    /** Whether it was answered or given up. */
    boolean ended() {
        return ended.get();
    }

    /**
     * Notes bytes of its body, which are held until it ends.
     *
     * @throws Refusal if all requests together hold too many
     */
    void hold(long bytes) {
        queue.hold(bytes);
        held.addAndGet(bytes);
        if (ended()) {
            queue.free(held.getAndSet(0));
        }
    }

    /** Puts what is to be done for it into the queue. */
    void enqueue(Runnable task) {
        work = task;
        queue.add(task);
        if (ended()) {
            queue.remove(task);
        }
    }

    /** What ends it when its time is over, in place of what was set before. */
    void setAlarm(ScheduledFuture<?> next) {
        ScheduledFuture<?> before = alarm;
        alarm = next;
        if (before != null) {
            before.cancel(false);
        }
        if (ended()) {
            next.cancel(false);
        }
    }

    /** Whether its client has gone, as far as can be told while its answer is waited for. */
    synchronized boolean clientHasGone() {
        // Once it has ended, whoever writes the answer goes on to read what the client sends next.
        return !ended() && work != null && endPoint instanceof PeekingEndPoint peeking && peeking.clientHasGone();
    }

    /** Ends it, and lets go of all that it holds. Gives whether nobody had before. */
    boolean end() {
        synchronized (this) {
            if (!ended.compareAndSet(false, true)) {
                return false;
            }
        }
        queue.free(held.getAndSet(0));
        ScheduledFuture<?> last = alarm;
        if (last != null) {
            last.cancel(false);
        }
        Runnable task = work;
        if (task != null) {
            queue.remove(task);
        }
        return true;
    }
}
