package dev.graft.comparison;

import dev.graft.engine.TensorEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Runs trainings side by side, one on each core, each with one engine thread: their results do not depend on the cores. */
final class SideBySide {
    private final ExecutorService pool;

    private SideBySide(ExecutorService pool) {
        this.pool = pool;
    }

    /** Lends the cores to some work. */
    static void run(Consumer<SideBySide> work) {
        TensorEngine.onOneThreadEach(() -> {
            ExecutorService pool =
                    Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), SideBySide::thread);
            try {
                work.accept(new SideBySide(pool));
            } finally {
                pool.shutdownNow();
            }
        });
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(
                () -> {
                    TensorEngine.useOneThread();
                    work.run();
                },
                "graft-training");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * The results of all tasks, in the tasks' order. The first failure ends all.
     *
     * @param done is told each result as it comes, by the calling thread
     */
    <T> List<T> all(List<Callable<T>> tasks, Consumer<? super T> done) {
        ExecutorCompletionService<T> completion = new ExecutorCompletionService<>(pool);
        List<Future<T>> futures = tasks.stream().map(completion::submit).toList();
        try {
            for (int i = 0; i < futures.size(); i++) {
                done.accept(completion.take().get());
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            futures.forEach(future -> future.cancel(true));
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            } else if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while training", e);
        }
    }
}
