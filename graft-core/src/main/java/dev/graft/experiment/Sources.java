package dev.graft.experiment;

import dev.graft.backbone.Backbone;
import dev.graft.result.SourceModel;
import dev.graft.training.Branch;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Source models in numbers. */
final class Sources {
    private Sources() {}

    private static SourceModel describe(Backbone source) {
        return new SourceModel(
                source.id(),
                source.card().origin(),
                source.card().data(),
                source.card().testAccuracy(),
                source.card().epochs(),
                source.card().seconds(),
                source.weights().digest());
    }

    /** The source models of a network's branches: what only one of them has is said only where there is but one. */
    static SourceModel describe(List<Branch> branches) {
        List<SourceModel> sources = branches.stream()
                .map(Branch::backbone)
                .filter(Objects::nonNull)
                .map(Sources::describe)
                .toList();
        if (sources.size() == 1) {
            return sources.get(0);
        }
        return new SourceModel(
                sources.isEmpty() ? "none" : joined(sources, SourceModel::backbone),
                sources.isEmpty() ? "none" : joined(sources, SourceModel::pretrained),
                joined(sources, SourceModel::data),
                Double.NaN,
                0,
                0,
                joined(sources, SourceModel::digest));
    }

    private static String joined(List<SourceModel> sources, Function<SourceModel, String> part) {
        return sources.stream()
                .map(part)
                .distinct()
                .filter(one -> !one.isBlank())
                .collect(Collectors.joining("+"));
    }
}
