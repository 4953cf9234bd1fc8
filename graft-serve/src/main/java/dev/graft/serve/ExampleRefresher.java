package dev.graft.serve;

import dev.graft.error.GraftException;
import dev.graft.error.Reason;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Computes the features of known examples anew when a model was replaced. Until that is done, its answers point to none. */
final class ExampleRefresher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExampleRefresher.class);

    private volatile boolean closed;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "graft-serve-examples");
        thread.setDaemon(true);
        return thread;
    });

    /** Has the examples of a model looked at by the network that it has now; nothing if it has no examples. */
    void refresh(ServedModel model) {
        KnownExamples known = model.known();
        if (known == null) {
            return;
        }
        try {
            worker.execute(() -> refresh(model, known));
        } catch (RejectedExecutionException e) {
            LOG.debug("model {}: the server ends", model.name());
        }
    }

    private void refresh(ServedModel model, KnownExamples known) {
        try {
            model.with(loaded -> {
                if (loaded.nearest() == null) {
                    NearestExamples seen =
                            known.seenBy(model.name(), loaded.classifier(), () -> closed || loaded.isRetired());
                    loaded.setNearest(seen);
                }
                return loaded;
            });
        } catch (Refusal e) {
            LOG.debug("model {}: the server ends", model.name());
        } catch (GraftException | OutOfMemoryError e) {
            LOG.warn(
                    "model {}: its answers point to no known examples since its bundle was replaced: {}",
                    model.name(),
                    e instanceof GraftException told ? told.getMessage() : Reason.of(e));
        } catch (RuntimeException e) {
            LOG.error("model {}: its known examples could not be looked at", model.name(), e);
        }
    }

    @Override
    public void close() {
        closed = true;
        worker.shutdown();
        try {
            if (!worker.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("features of known examples are still being computed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
