package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.ClosedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Closes something again and again while two to eight threads use it, sooner or later in their work. A failure is not only
 * another exception than Graft's: one wrong access ends the whole process. {@code -Dgraft.closing.rounds=10000} makes it long.
 */
public final class ClosingSoak implements AutoCloseable {
    private static final int ROUNDS = Integer.getInteger("graft.closing.rounds", 60);
    private static final int FEWEST_THREADS = 2;
    private static final int MOST_THREADS = 8;

    private final ExecutorService threads = Executors.newFixedThreadPool(MOST_THREADS);

    /** Makes the threads. */
    public ClosingSoak() {}

    /**
     * Does some rounds: makes something, uses it, and closes it meanwhile.
     *
     * @param make makes what is closed
     * @param close closes it
     * @param use uses it once
     */
    public <T> void run(Supplier<T> make, Consumer<T> close, Consumer<T> use) {
        int ended = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int users = FEWEST_THREADS + round % (MOST_THREADS - FEWEST_THREADS + 1);
            ended += round(make.get(), close, use, users, round);
        }
        // Every user of every round was told, and nobody got anything else.
        assertThat(ended).isGreaterThanOrEqualTo(ROUNDS * FEWEST_THREADS);
    }

    private <T> int round(T used, Consumer<T> close, Consumer<T> use, int users, int round) {
        AtomicInteger uses = new AtomicInteger();
        List<Future<Boolean>> ends = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            ends.add(threads.submit(() -> useUntilClosed(used, use, uses)));
        }
        // From before the first use to the middle of a later one.
        while (uses.get() < round % 5 && ends.stream().noneMatch(Future::isDone)) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < round % 11 * 2_000; i++) {
            Thread.onSpinWait();
        }
        close.accept(used);
        int ended = 0;
        for (Future<Boolean> end : ends) {
            ended += ended(end) ? 1 : 0;
        }
        assertThatExceptionOfType(ClosedException.class)
                .isThrownBy(() -> use.accept(used))
                .withMessageContaining("is closed");
        close.accept(used);
        return ended;
    }

    private static <T> boolean useUntilClosed(T used, Consumer<T> use, AtomicInteger uses) {
        while (true) {
            try {
                use.accept(used);
                uses.incrementAndGet();
            } catch (ClosedException e) {
                return true;
            }
        }
    }

    private static boolean ended(Future<Boolean> end) {
        try {
            return end.get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("a user got something else than Graft's exception, or waits for ever", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
