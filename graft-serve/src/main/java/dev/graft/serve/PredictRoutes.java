package dev.graft.serve;

import java.util.List;

/** Takes examples, and gives what a model says of them. */
final class PredictRoutes implements RouteGroup {
    private final Models models;
    private final ServerLimits limits;
    private final ServerMetrics metrics;

    PredictRoutes(Models models, ServerLimits limits, ServerMetrics metrics) {
        this.models = models;
        this.limits = limits;
        this.metrics = metrics;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post("/v1/models/{name}/predict", this::predict));
    }

    private Reply predict(Call call) {
        ServedModel model = models.get(call.segment("name"));
        PredictOptions options = PredictOptions.of(call);
        if (model.known() == null) {
            options.requireNoNearest("one without");
        }
        Examples examples = Bodies.examples(call, limits);
        return model.with(loaded -> Reply.json(new PredictionAnswer.All(
                model.name(),
                new Predictor(model.name(), loaded.classifier(), loaded.nearest(), options, limits, metrics, call)
                        .answers(examples))));
    }
}
