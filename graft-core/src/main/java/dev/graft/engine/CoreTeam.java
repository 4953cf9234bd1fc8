package dev.graft.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share the work of one, each with engine threads of its own. The thread that made it is one of them, and the
 * only one that may use it; it closes it too.
 *
 * <p>A step hands over work of a few milliseconds several times, and waking a thread that sleeps takes a tenth of one: who
 * waits here looks around for a moment before it sleeps.
 */
final class CoreTeam implements AutoCloseable {
    // Some tenths of a millisecond.
    private static final int LOOKS = 10_000;

    private final int threadsEach;
    private final List<Member> others;
    private volatile Round current = Round.FIRST;

    private CoreTeam(int size, int threadsEach) {
        this.threadsEach = threadsEach;
        this.others = IntStream.range(1, size).mapToObj(i -> new Member()).toList();
        others.forEach(Thread::start);
    }

    /** A team of the calling thread's engine threads: one member for each, or the given number with several each. */
    static CoreTeam ofThisThread(int most) {
        int threads = TensorEngine.threads();
        int size = Math.min(threads, most);
        CoreTeam team = new CoreTeam(size, threads / size);
        // A thread that sets its own number of engine threads sets that of threads to come as well.
        team.each(List.of(), task -> {});
        return team;
    }

    /** How many threads there are, the calling one included. */
    int size() {
        return others.size() + 1;
    }

    /**
     * Does the same work for each of the tasks, and returns when all is done: nobody works on after that, even if some of
     * it failed. The first failure is thrown then.
     */
    <T> void each(List<? extends T> tasks, Consumer<? super T> work) {
        if (others.isEmpty()) {
            tasks.forEach(work);
            return;
        }
        AtomicInteger next = new AtomicInteger();
        Round round = new Round(Thread.currentThread(), others.size(), () -> {
            for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
                work.accept(tasks.get(i));
            }
        });
        TensorEngine.onThreads(threadsEach, () -> {
            current = round;
            others.forEach(LockSupport::unpark);
            round.work();
            round.await();
        });
        round.rethrow();
    }

    @Override
    public void close() {
        current = Round.LAST;
        others.forEach(LockSupport::unpark);
    }

    /** Some work that every member does once. */
    private static final class Round {
        /** Before there is any. */
        static final Round FIRST = new Round(null, 0, () -> {});
        /** There will be no more. */
        static final Round LAST = new Round(null, 0, () -> {});

        private final @Nullable Thread caller;
        private final AtomicInteger working;
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private final Runnable share;

        Round(@Nullable Thread caller, int others, Runnable share) {
            this.caller = caller;
            this.working = new AtomicInteger(others);
            this.share = share;
        }

        void work() {
            try {
                share.run();
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        }

        void done() {
            if (working.decrementAndGet() == 0) {
                LockSupport.unpark(caller);
            }
        }

        void await() {
            for (int i = 0; i < LOOKS && working.get() > 0; i++) {
                Thread.onSpinWait();
            }
            boolean interrupted = false;
            while (working.get() > 0) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        void rethrow() {
            Throwable thrown = failure.get();
            if (thrown instanceof Error error) {
                throw error;
            } else if (thrown instanceof RuntimeException exception) {
                throw exception;
            }
        }
    }

    private final class Member extends Thread {
        Member() {
            super("graft-step");
            setDaemon(true);
        }

        @Override
        public void run() {
            TensorEngine.useThreads(threadsEach);
            Round seen = Round.FIRST;
            for (Round next = await(seen); next != Round.LAST; next = await(seen)) {
                next.work();
                next.done();
                seen = next;
            }
        }

        private Round await(Round seen) {
            for (int i = 0; i < LOOKS && current == seen; i++) {
                Thread.onSpinWait();
            }
            while (current == seen) {
                LockSupport.park(CoreTeam.this);
            }
            return current;
        }
    }
}
