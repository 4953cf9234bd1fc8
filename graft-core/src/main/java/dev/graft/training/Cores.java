package dev.graft.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Somewhere to run several trainings. */
public interface Cores {
    /** One after the other, by the calling thread: for work that has been given one core already. */
    static Cores one() {
        return new Cores() {
            @Override
            public <T> List<T> all(List<? extends Callable<T>> tasks, Consumer<? super T> done) {
                List<T> results = new ArrayList<>();
                for (Callable<T> task : tasks) {
                    T result = called(task);
                    done.accept(result);
                    results.add(result);
                }
                return results;
            }
        };
    }

    /**
     * The results of all tasks, in the tasks' order. The first failure ends all.
     *
     * @param done is told each result as it comes, by the calling thread
     */
    <T> List<T> all(List<? extends Callable<T>> tasks, Consumer<? super T> done);

    private static <T> T called(Callable<T> task) {
        try {
            return task.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
