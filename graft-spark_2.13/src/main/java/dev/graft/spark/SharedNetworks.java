package dev.graft.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The networks in native memory of this process, each loaded once and shared by the tasks that use it at the same time or soon after
 * each other. What nobody uses is closed: at once when another network is loaded, else after a minute, so that the next stage of a job
 * finds it still there.
 */
final class SharedNetworks {
    private static final SharedNetworks PROCESS = new SharedNetworks(60_000);

    private final long keptMillis;
    private final Map<String, Entry> entries = new HashMap<>();
    private final ScheduledExecutorService closing = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "graft-networks");
        thread.setDaemon(true);
        return thread;
    });

    SharedNetworks(long keptMillis) {
        this.keptMillis = keptMillis;
    }

    /** Those of this process. */
    static SharedNetworks ofProcess() {
        return PROCESS;
    }

    private static final class Entry {
        private @Nullable AutoCloseable network;
        private int users;
        private @Nullable ScheduledFuture<?> end;
    }

    /** The right to use a network until it is closed. */
    static final class Lease<N extends AutoCloseable> implements AutoCloseable {
        private final N network;
        private final Runnable release;
        private boolean closed;

        private Lease(N network, Runnable release) {
            this.network = network;
            this.release = release;
        }

        N network() {
            return network;
        }

        /** To close it twice does nothing. */
        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                release.run();
            }
        }
    }

    /**
     * A network by its key. The first who asks loads it, and the others wait.
     *
     * @param type what is loaded under such keys
     */
    <N extends AutoCloseable> Lease<N> lease(String key, Class<N> type, Supplier<N> loader) {
        Entry entry;
        synchronized (entries) {
            entry = entries.computeIfAbsent(key, unknown -> new Entry());
            entry.users++;
            if (entry.end != null) {
                entry.end.cancel(false);
                entry.end = null;
            }
        }
        try {
            return new Lease<>(type.cast(loaded(entry, loader)), () -> release(key, entry));
        } catch (RuntimeException | Error e) {
            release(key, entry);
            throw e;
        }
    }

    private AutoCloseable loaded(Entry entry, Supplier<? extends AutoCloseable> loader) {
        synchronized (entry) {
            AutoCloseable network = entry.network;
            if (network == null) {
                closeUnused();
                network = loader.get();
                entry.network = network;
            }
            return network;
        }
    }

    private void release(String key, Entry entry) {
        synchronized (entries) {
            entry.users--;
            if (entry.users == 0) {
                entry.end = closing.schedule(() -> end(key, entry), keptMillis, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void end(String key, Entry entry) {
        synchronized (entries) {
            if (entry.users == 0 && entries.remove(key, entry)) {
                close(entry);
            }
        }
    }

    private void closeUnused() {
        synchronized (entries) {
            entries.values().removeIf(entry -> {
                if (entry.users > 0) {
                    return false;
                }
                close(entry);
                return true;
            });
        }
    }

    /** How many networks are held, in use or not. */
    int size() {
        synchronized (entries) {
            return entries.size();
        }
    }

    // Only where nobody uses it, and nobody can: its entry is locked or out of the map.
    private static void close(Entry entry) {
        AutoCloseable network = entry.network;
        entry.network = null;
        if (network != null) {
            try {
                network.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
