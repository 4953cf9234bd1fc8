package dev.graft.serve;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Counts what the server does. Names of models and routes that do not exist are not kept. Thread-safe. */
final class ServerMetrics implements AutoCloseable {
    /** What a request is counted under that no route answers. */
    static final Route NO_ROUTE = Route.open("none", call -> {
        throw new AssertionError("no route");
    });

    private static final String NONE = "none";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Set<String> models;
    private final Timer waiting;

    ServerMetrics(WorkQueue queue, Set<String> models) {
        this.models = Set.copyOf(models);
        this.waiting = Timer.builder("graft.queue.wait")
                .description("how long requests wait for a worker")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry);
        Gauge.builder("graft.queue.size", queue, WorkQueue::waiting)
                .description("requests that wait for a worker")
                .register(registry);
        Gauge.builder("graft.bodies", queue, WorkQueue::heldBytes)
                .description("bodies of requests that are held")
                .baseUnit("bytes")
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
    }

    /** Counts a request that waited for a worker. */
    void waited(long nanos) {
        waiting.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Counts an answer. */
    void answered(Router.Match match, String method, int status, long nanos) {
        String[] tags = {
            "model", model(match.segments()),
            "route", match.route().path(),
            "method", METHODS.contains(method) ? method : "other",
            "status", Integer.toString(status)
        };
        Timer.builder("graft.requests")
                .description("requests and how long their answers take")
                .tags(tags)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
        if (status >= 400) {
            registry.counter("graft.errors", "model", model(match.segments()), "status", Integer.toString(status))
                    .increment();
        }
    }

    private String model(Map<String, String> segments) {
        String name = segments.getOrDefault("name", NONE);
        return models.contains(name) ? name : NONE;
    }

    /** Counts examples that went through a network together. */
    void predicted(String model, int examples, long nanos) {
        DistributionSummary.builder("graft.batch.examples")
                .description("examples that go through a network together")
                .tags("model", model)
                .register(registry)
                .record(examples);
        Timer.builder("graft.prediction")
                .description("how long a batch takes")
                .tags("model", model)
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Counts a bundle that was read anew. */
    void reloaded(String model, boolean done) {
        registry.counter("graft.reloads", "model", model, "result", done ? "done" : "refused")
                .increment();
    }

    /** All of it, as Prometheus reads it. */
    String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
