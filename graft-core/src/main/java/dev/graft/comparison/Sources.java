package dev.graft.comparison;

import dev.graft.backbone.Backbone;
import dev.graft.result.SourceModel;

/** Source models in numbers. */
final class Sources {
    private Sources() {}

    static SourceModel describe(Backbone source) {
        return new SourceModel(
                source.id(),
                source.card().origin(),
                source.card().data(),
                source.card().testAccuracy(),
                source.card().epochs(),
                source.card().seconds(),
                source.weights().digest());
    }
}
