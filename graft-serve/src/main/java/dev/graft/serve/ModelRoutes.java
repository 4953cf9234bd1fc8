package dev.graft.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells which models there are, and what is known of each. */
final class ModelRoutes implements RouteGroup {
    private final Models models;
    private final boolean teaching;

    /**
     * Makes the routes.
     *
     * @param teaching whether classes may be taught
     */
    ModelRoutes(Models models, boolean teaching) {
        this.models = models;
        this.teaching = teaching;
    }

    /** {@code nearest} says whether its answers may point to known examples. */
    private record Listed(String name, String takes, List<String> classes, boolean nearest) {}

    private record Listing(List<Listed> models, boolean teaching) {}

    /**
     * {@code examples} says how many known examples its answers may point to, 0 as long as they are not ready; {@code problem} why a
     * bundle that has come since is not served.
     */
    private record Told(
            String name,

            @JsonUnwrapped ModelPage page,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer examples,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String problem) {}

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/v1/models", this::list), Route.get("/v1/models/{name}", this::one));
    }

    private Reply list(Call call) {
        call.requireParameters(Set.of());
        return Reply.json(new Listing(
                models.all().stream()
                        .map(model -> model.with(loaded -> new Listed(
                                model.name(),
                                loaded.page().takes(),
                                loaded.page().classes(),
                                model.known() != null)))
                        .toList(),
                teaching));
    }

    private Reply one(Call call) {
        call.requireParameters(Set.of());
        ServedModel model = models.get(call.segment("name"));
        return model.with(
                loaded -> Reply.json(new Told(model.name(), loaded.page(), examples(model, loaded), model.problem())));
    }

    private static @Nullable Integer examples(ServedModel model, LoadedModel loaded) {
        NearestExamples ready = loaded.nearest();
        return model.known() == null ? null : (Integer) (ready == null ? 0 : ready.count());
    }
}
