package dev.graft.training;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.LowRank;
import dev.graft.data.LabeledExamples;
import dev.graft.feature.Cut;
import dev.graft.layer.ParameterSpec;
import dev.graft.model.ModelBranch;
import dev.graft.strategy.Strategy;
import dev.graft.weights.WeightSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A network's branch before a run: where it starts, where it is cut, and which part of an example it takes.
 *
 * @param branch as the user described it
 * @param architecture its stages, with adapters where some are trained
 * @param cut where the head takes its features
 * @param strategy how its backbone is trained; null where it has none
 * @param adapters what is trained beside its backbone; null for nothing
 * @param part what it takes of the examples; examples of its own with the same labels
 */
record SourceBranch(
        Branch branch,
        Architecture architecture,
        Cut cut,
        @Nullable Strategy strategy,
        @Nullable LowRank adapters,
        UnaryOperator<LabeledExamples> part) {
    /** Empty for the only branch. */
    String name() {
        return branch.name();
    }

    @Nullable
    Backbone backbone() {
        return branch.backbone();
    }

    /** The source model's tensors, under the architecture's own names; none without a source model. */
    WeightSet startingPoint() {
        Backbone source = backbone();
        return source == null ? WeightSet.of(Map.of()) : source.weights();
    }

    /** What the names of its tensors begin with in the whole network. */
    String prefix() {
        return prefix(name());
    }

    static String prefix(String branch) {
        return branch.isEmpty() ? "" : branch + "/";
    }

    /** The tensors of the stages through the cut. */
    List<ParameterSpec> parameters() {
        return architecture.stagesThrough(cut.last(architecture)).stream()
                .flatMap(stage -> stage.parameters().stream())
                .toList();
    }

    /** The features that the head receives of it. */
    int features() {
        return cut.features(architecture);
    }

    /** The branch of the trained network, in which adapters are part of the weights. */
    ModelBranch trained() {
        Backbone source = backbone();
        return new ModelBranch(
                name(), branch.kind(), branch.columns(), source == null ? architecture : source.architecture(), cut);
    }
}
