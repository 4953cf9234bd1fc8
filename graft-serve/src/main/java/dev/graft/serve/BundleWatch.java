package dev.graft.serve;

import dev.graft.error.GraftException;
import dev.graft.error.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the directories of the models from time to time. A bundle that has been replaced is read whole before it takes the
 * place of the one before; one that cannot be used is said to be so, and the one before stays.
 */
final class BundleWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BundleWatch.class);

    private final Models models;
    private final ServerMetrics metrics;
    private final ExampleRefresher examples;
    private final Map<String, String> served = new HashMap<>();
    private final Map<String, String> seen = new HashMap<>();
    private volatile @Nullable ScheduledFuture<?> looking;
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "graft-serve-bundles");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Makes a watch that does not look yet.
     *
     * @param examples told of models that were replaced
     * @param marks the marks of the directories that are served now, taken before they were read, by model
     */
    BundleWatch(Models models, ServerMetrics metrics, ExampleRefresher examples, Map<String, String> marks) {
        this.models = models;
        this.metrics = metrics;
        this.examples = examples;
        served.putAll(marks);
        seen.putAll(marks);
    }

    /** Looks again and again, with so much time between. */
    void start(Duration pause) {
        looking = clock.scheduleWithFixedDelay(this::look, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        for (ServedModel model : models.all()) {
            Path directory = model.directory();
            if (directory != null) {
                try {
                    look(model, directory);
                } catch (IOException e) {
                    LOG.debug("model {}: {}", model.name(), Reason.of(e));
                } catch (Throwable e) {
                    // A task that throws is never run again.
                    LOG.error("model {}: its bundle could not be looked at", model.name(), e);
                }
            }
        }
    }

    private void look(ServedModel model, Path directory) throws IOException {
        String mark = ModelDirectory.mark(directory);
        String before = seen.put(model.name(), mark);
        // While files still come and go, what lies there is not yet what will.
        if (mark.isEmpty() || !mark.equals(before) || mark.equals(served.get(model.name()))) {
            return;
        }
        served.put(model.name(), mark);
        try {
            LoadedModel next = ModelDirectory.load(directory);
            model.replace(next);
            examples.refresh(model);
            metrics.reloaded(model.name(), true);
            LOG.info("model {}: its bundle has been replaced, and is served from now on", model.name());
        } catch (GraftException | OutOfMemoryError e) {
            String why = e instanceof GraftException known ? Objects.toString(known.getMessage()) : Reason.of(e);
            model.setProblem(why);
            metrics.reloaded(model.name(), false);
            LOG.warn(
                    "model {}: the bundle before is still served, because the new one cannot be: {}",
                    model.name(),
                    why);
        }
    }

    @Override
    public void close() {
        ScheduledFuture<?> last = looking;
        if (last != null) {
            last.cancel(false);
        }
        clock.shutdownNow();
        try {
            if (!clock.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("a bundle is still being read");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
