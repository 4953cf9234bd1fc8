package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.StoppedException;
import dev.graft.feature.FeatureCache;
import dev.graft.strategy.FeatureExtraction;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptionIT {
    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void takeTheMarkOff() {
        Thread.interrupted();
    }

    /** Interrupts the training thread after so many steps. */
    private static TrainingListener interrupting(int steps) {
        return new TrainingListener() {
            private int done;

            @Override
            public void stepDone(long step, long total, double loss) {
                if (++done == steps) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    @Test
    void anInterruptedRunSavesStopsAndResumesToTheBytesOfAnUninterruptedOne() {
        TransferResult whole = Tiny.learning(ResumeIT.STRATEGY).run();

        assertThatThrownBy(() -> Tiny.learning(ResumeIT.STRATEGY)
                        .checkpoints(folder, 0)
                        .listener(interrupting(8))
                        .run())
                .isInstanceOf(StoppedException.class)
                .hasMessageContaining(folder.toString());
        assertThat(Thread.interrupted()).isTrue();
        TransferResult resumed = Tiny.learning(ResumeIT.STRATEGY)
                .checkpoints(folder, 0)
                .resume(true)
                .run();

        assertThat(resumed.weights()).isEqualTo(whole.weights());
    }

    @Test
    void aCancelledFutureEndsItsRun() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        try {
            Future<?> run = pool.submit(() -> {
                try {
                    Tiny.learning(ResumeIT.STRATEGY)
                            .training(settings -> settings.withEpochs(100_000))
                            .listener(new TrainingListener() {
                                @Override
                                public void stepDone(long step, long steps, double loss) {
                                    begun.countDown();
                                }
                            })
                            .run();
                } catch (RuntimeException e) {
                    failure.set(e);
                }
                ended.countDown();
            });
            assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();

            run.cancel(true);

            assertThat(ended.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(failure.get()).isInstanceOf(StoppedException.class);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void featuresAreNotComputedUnderAnInterruptedThreadAndTheirCacheStaysOfUse() {
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> Tiny.learning(FeatureExtraction.defaults())
                            .cache(cache)
                            .run())
                    .isInstanceOf(StoppedException.class);
            assertThat(Thread.interrupted()).isTrue();

            TransferResult later =
                    Tiny.learning(FeatureExtraction.defaults()).cache(cache).run();

            assertThat(later.weights())
                    .isEqualTo(Tiny.learning(FeatureExtraction.defaults()).run().weights());
        }
    }

    @Test
    void aHeadThatIsBeingSolvedIsLeft() {
        TimeLimit interrupting = new TimeLimit() {
            @Override
            public double left() {
                Thread.currentThread().interrupt();
                return Double.POSITIVE_INFINITY;
            }

            @Override
            public void leaveOut(String what) {}
        };

        assertThatThrownBy(() -> Tiny.learning(FeatureExtraction.defaults())
                        .within(interrupting)
                        .run())
                .isInstanceOf(StoppedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
