package dev.graft.training;

import dev.graft.engine.Examples;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Rows;
import dev.graft.targets.Targets;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.List;

/** The frozen parts of all branches in a phase. Closed by whoever made it. */
final class FrozenParts implements AutoCloseable {
    private final List<FrozenPart> parts;

    FrozenParts(PhasePlan plan, WeightSet all, FeatureCache cache) {
        parts = plan.branches().stream()
                .map(branch -> new FrozenPart(branch, all, cache))
                .toList();
    }

    /**
     * The examples, as the trained part takes them.
     *
     * @param views what each branch takes, in order
     * @param targets what is learned of them
     */
    Examples examples(List<View> views, Targets targets) {
        List<Examples.Part> ready = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            ready.add(parts.get(i).part(views.get(i)));
        }
        return new Examples(ready, targets);
    }

    /** Examples that are not changed, as the trained part takes them. */
    Examples examples(BranchData data, Targets targets) {
        return examples(data.plain(), targets);
    }

    /** The cached rows of each branch, one after the other. */
    List<Rows> rows(List<View> views) {
        List<Rows> rows = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            rows.addAll(parts.get(i).rows(views.get(i)));
        }
        return rows;
    }

    /** Time spent on the frozen parts so far, in seconds. */
    double seconds() {
        return parts.stream().mapToDouble(FrozenPart::seconds).sum();
    }

    /** Fails unless every branch's frozen weights are byte-identical to what they were. */
    void verifyUnmoved(WeightSet result) {
        parts.forEach(part -> part.verifyUnmoved(result));
    }

    @Override
    public void close() {
        parts.forEach(FrozenPart::close);
    }
}
