package dev.graft.training;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.ParameterSpec;
import dev.graft.data.LabeledExamples;
import dev.graft.feature.Cut;
import dev.graft.weights.WeightSet;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A network's branch before a run: where it starts, where it is cut, and which part of an example it takes. A transfer of one
 * backbone is a network with one branch that has no name.
 *
 * @param name the branch's name; empty if it is the only one
 * @param architecture its stages
 * @param startingPoint at least the tensors of the stages through the cut, under the architecture's own names
 * @param cut where the head takes its features
 * @param part what it takes of the examples; examples of its own with the same labels
 */
record SourceBranch(
        String name, Architecture architecture, WeightSet startingPoint, Cut cut, UnaryOperator<LabeledExamples> part) {
    /** The only branch of a network, which takes the examples as they are. */
    static SourceBranch only(Architecture architecture, WeightSet startingPoint, Cut cut) {
        return new SourceBranch("", architecture, startingPoint, cut, whole -> whole);
    }

    /** What the names of its tensors begin with in the whole network. */
    String prefix() {
        return prefix(name);
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
}
