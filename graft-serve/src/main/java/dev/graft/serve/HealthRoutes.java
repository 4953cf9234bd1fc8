package dev.graft.serve;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Tells whether the process lives, whether it is ready for calls, and what it has counted. */
final class HealthRoutes implements RouteGroup {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Models models;
    private final BooleanSupplier stopping;
    private final Supplier<String> metrics;

    HealthRoutes(Models models, BooleanSupplier stopping, Supplier<String> metrics) {
        this.models = models;
        this.stopping = stopping;
        this.metrics = metrics;
    }

    private record Health(String status) {}

    /** {@code outdated}: models whose directory holds a bundle that cannot be used, so that the one before is served. */
    private record Readiness(boolean ready, int models, int outdated) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.open("/health", call -> Reply.json(new Health("alive"))),
                Route.open("/ready", call -> ready()),
                Route.get("/metrics", call -> Reply.of(PROMETHEUS, metrics.get().getBytes(StandardCharsets.UTF_8))));
    }

    private Reply ready() {
        boolean ready = !stopping.getAsBoolean();
        int outdated = (int)
                models.all().stream().filter(model -> model.problem() != null).count();
        return Reply.json(ready ? 200 : 503, new Readiness(ready, models.all().size(), outdated));
    }
}
