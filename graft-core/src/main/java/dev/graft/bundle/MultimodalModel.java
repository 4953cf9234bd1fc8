package dev.graft.bundle;

import dev.graft.backbone.ActivationShape;
import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.Layer;
import dev.graft.backbone.ParameterSpec;
import dev.graft.data.ClassNames;
import dev.graft.data.ColumnKind;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.result.StageSummary;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A network of several branches and one head, and all weights: everything that prediction needs. Immutable.
 *
 * @param branches the branches, in the order in which their features are joined
 * @param fusionName how they are joined
 * @param headName the head's name
 * @param headLayers the layers that join the branches, and the head's
 * @param classNames the classes, by label
 * @param weights the tensors of the branches' stages, after the branch's name and a slash, and of the head, and no others
 * @param lineage where it comes from
 * @param confidence how sure it may be of what it says
 */
public record MultimodalModel(
        List<Branch> branches,
        String fusionName,
        String headName,
        List<Layer> headLayers,
        List<String> classNames,
        WeightSet weights,
        Lineage lineage,
        Confidence confidence) {
    /**
     * A branch.
     *
     * @param name what its tensors' names begin with
     * @param kind what its columns hold
     * @param columns the columns that it takes
     * @param architecture its stages, and how an item's columns become its input
     * @param cut where its features are taken
     */
    public record Branch(String name, ColumnKind kind, List<String> columns, Architecture architecture, Cut cut) {
        /** Copies the list. */
        public Branch {
            columns = List.copyOf(columns);
        }

        /** What the names of its tensors and stages begin with. */
        public String prefix() {
            return name + "/";
        }
    }

    /**
     * Copies the lists, and checks that branches, head, classes and weights fit each other strictly.
     *
     * @throws SettingsException if the head does not take the branches' features, or does not make the classes' logits, or if a
     *     class or a branch has no name of its own
     * @throws dev.graft.error.WeightsMismatchException if a tensor is missing, unexpected or mis-shaped
     */
    public MultimodalModel {
        branches = List.copyOf(branches);
        headLayers = List.copyOf(headLayers);
        classNames = List.copyOf(classNames);
        ClassNames.requireOfNetwork(classNames, "this network of several branches");
        if (branches.stream().map(Branch::name).distinct().count() != branches.size()) {
            throw new SettingsException(Problem.of("Two branches have one name.")
                    .expected("a name of its own for each branch")
                    .found(branches.stream().map(Branch::name).toList()));
        }
        requireLogits(branches, headLayers, classNames);
        Backbone.requireFit(parameters(branches, headLayers), weights, "this network of several branches");
    }

    /** Checks that a head takes the branches' features, and makes the classes' logits. */
    static void requireLogits(List<Branch> branches, List<Layer> headLayers, List<String> classNames) {
        ActivationShape made = Layer.outputShape(headLayers, features(branches));
        boolean oneForTwo = classNames.size() == 2 && made.elements() == 1;
        if (classNames.size() < 2 || !(oneForTwo || made.elements() == classNames.size())) {
            throw new SettingsException(Problem.of("A head's logits do not match the class names.")
                    .expected("a logit for each of at least two classes, or one logit for two")
                    .found(made.elements() + " logits for " + classNames.size() + " classes"));
        }
    }

    /** A model whose confidences were not calibrated; checked as above. */
    public MultimodalModel(
            List<Branch> branches,
            String fusionName,
            String headName,
            List<Layer> headLayers,
            List<String> classNames,
            WeightSet weights,
            Lineage lineage) {
        this(branches, fusionName, headName, headLayers, classNames, weights, lineage, Confidence.RAW);
    }

    /** The same network with calibrated confidences. */
    public MultimodalModel withConfidence(Confidence calibrated) {
        return new MultimodalModel(
                branches, fusionName, headName, headLayers, classNames, weights, lineage, calibrated);
    }

    /** The values of all tensors that training may touch, running statistics left out. */
    public long totalParameters() {
        return NetworkSummary.learned(parameters(branches, headLayers));
    }

    /**
     * The network branch by branch and stage by stage, the layers that join the branches and the head's last.
     *
     * @param frozenStages the stages that were not trained, after their branch's name and a slash
     */
    public List<StageSummary> summary(Set<String> frozenStages) {
        NetworkSummary summary = new NetworkSummary();
        branches.forEach(branch -> summary.branch(branch.prefix(), branch.architecture(), branch.cut(), frozenStages));
        summary.head(features(branches), headLayers);
        return summary.lines();
    }

    private static ActivationShape features(List<Branch> branches) {
        return ActivationShape.vector(branches.stream()
                .mapToInt(branch -> branch.cut().features(branch.architecture()))
                .reduce(0, Math::addExact));
    }

    /** All tensors of a network of some branches and a head. */
    static List<ParameterSpec> parameters(List<Branch> branches, List<Layer> headLayers) {
        List<ParameterSpec> all = new ArrayList<>();
        for (Branch branch : branches) {
            Architecture architecture = branch.architecture();
            architecture.stagesThrough(branch.cut().last(architecture)).stream()
                    .flatMap(stage -> stage.parameters().stream())
                    .map(spec -> spec.withPrefix(branch.prefix()))
                    .forEach(all::add);
        }
        headLayers.forEach(layer -> all.addAll(layer.parameters()));
        return all;
    }
}
