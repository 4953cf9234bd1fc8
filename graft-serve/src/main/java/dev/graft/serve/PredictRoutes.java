package dev.graft.serve;

import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
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
        Examples examples = examples(call);
        return model.with(loaded -> Reply.json(new PredictionAnswer.All(
                model.name(),
                new Predictor(model.name(), loaded.classifier(), options, limits, metrics, call).answers(examples))));
    }

    private Examples examples(Call call) {
        String type = call.mediaType();
        boolean known = type.equals(Reply.JSON)
                || type.equals("multipart/form-data")
                || type.startsWith("image/")
                || type.equals("application/octet-stream");
        if (!known) {
            throw new Refusal(
                    415,
                    Problem.of("A body of this type is not taken.")
                            .where("header Content-Type")
                            .expected("image/*, application/octet-stream, multipart/form-data or application/json")
                            .found(type.isEmpty() ? "none" : Excerpt.of(type))
                            .fix("say what the body is"));
        }
        if (call.body().length == 0) {
            throw new Refusal(
                    400,
                    Problem.of("The body is empty.")
                            .where("body")
                            .expected("a picture, a form of pictures, or JSON")
                            .found("0 bytes")
                            .fix("send the examples as the request's body"));
        }
        return switch (type) {
            case Reply.JSON -> JsonBody.read(call.body(), limits.examples());
            case "multipart/form-data" -> MultipartBody.read(call.body(), call.contentType(), limits.examples());
            default -> new Examples.Pictures(List.of(new Examples.Picture(null, call.body())));
        };
    }
}
