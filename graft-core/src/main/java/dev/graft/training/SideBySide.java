package dev.graft.training;

import dev.graft.engine.TensorEngine;
import dev.graft.error.StoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs trainings side by side, one on each core, each with one engine thread: their results do not depend on the cores. */
public final class SideBySide implements Cores {
    private final ExecutorService pool;

    private SideBySide(ExecutorService pool) {
        this.pool = pool;
    }

    /** Lends the cores to some work. */
    public static void run(Consumer<? super Cores> work) {
        TensorEngine.onOneThreadEach(() -> {
            ExecutorService pool =
                    Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), SideBySide::thread);
            try {
                work.accept(new SideBySide(pool));
            } finally {
                pool.shutdownNow();
                // Whoever called gives native memory back next, which a task may still be using.
                awaitEnd(pool);
            }
        });
    }

    private static void awaitEnd(ExecutorService pool) {
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = pool.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Cores that are lent for each set of tasks, and given back after it. */
    public static Cores whenNeeded() {
        return new Cores() {
            @Override
            public <T> List<T> all(List<? extends Callable<T>> tasks, Consumer<? super T> done) {
                List<T> results = new ArrayList<>();
                run(cores -> results.addAll(cores.all(tasks, done)));
                return results;
            }
        };
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

    @Override
    public <T> List<T> all(List<? extends Callable<T>> tasks, Consumer<? super T> done) {
        ExecutorCompletionService<T> completion = new ExecutorCompletionService<>(pool);
        List<Future<T>> futures =
                tasks.stream().map(task -> completion.submit(task)).toList();
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
            futures.forEach(future -> future.cancel(true));
            Thread.currentThread().interrupt();
            throw StoppedException.ofInterruption(e);
        }
    }
}
