package dev.graft.spark;

import dev.graft.engine.TensorEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * As many threads as a task has cores, each with one engine thread: what comes out does not depend on their number. A task of one core
 * computes in its own thread.
 */
final class TaskThreads implements AutoCloseable {
    private final int count;
    private final @Nullable ExecutorService pool;

    TaskThreads(int cores) {
        this.count = Math.max(1, cores);
        this.pool = count == 1
                ? null
                : Executors.newFixedThreadPool(count, work -> {
                    Thread thread = new Thread(work, "graft-task");
                    thread.setDaemon(true);
                    thread.setContextClassLoader(TaskThreads.class.getClassLoader());
                    return thread;
                });
    }

    int count() {
        return count;
    }

    /** The results of some work, in its order. The first failure ends it. */
    <T> List<T> all(List<Supplier<T>> work) {
        List<T> results = new ArrayList<>();
        if (pool == null) {
            TensorEngine.onOneThreadEach(() -> work.forEach(one -> results.add(one.get())));
            return results;
        }
        List<Future<T>> running = new ArrayList<>();
        for (Supplier<T> one : work) {
            running.add(pool.submit(() -> {
                TensorEngine.useOneThread();
                return one.get();
            }));
        }
        for (Future<T> one : running) {
            results.add(result(one));
        }
        return results;
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            // The task was killed, as a slower copy of one that is done.
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.shutdownNow();
        }
    }
}
