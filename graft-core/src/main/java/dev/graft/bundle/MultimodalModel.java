package dev.graft.bundle;

import dev.graft.backbone.ActivationShape;
import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.Layer;
import dev.graft.backbone.ParameterSpec;
import dev.graft.data.ColumnKind;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.List;

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
 */
public record MultimodalModel(
        List<Branch> branches,
        String fusionName,
        String headName,
        List<Layer> headLayers,
        List<String> classNames,
        WeightSet weights,
        Lineage lineage) {
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

        String prefix() {
            return name + "/";
        }
    }

    /**
     * Copies the lists, and checks that branches, head, classes and weights fit each other strictly.
     *
     * @throws SettingsException if the head does not take the branches' features, or does not make the classes' logits
     * @throws dev.graft.error.WeightsMismatchException if a tensor is missing, unexpected or mis-shaped
     */
    public MultimodalModel {
        branches = List.copyOf(branches);
        headLayers = List.copyOf(headLayers);
        classNames = List.copyOf(classNames);
        int features = branches.stream()
                .mapToInt(branch -> branch.cut().features(branch.architecture()))
                .sum();
        ActivationShape made = Layer.outputShape(headLayers, ActivationShape.vector(features));
        boolean oneForTwo = classNames.size() == 2 && made.elements() == 1;
        if (classNames.size() < 2 || !(oneForTwo || made.elements() == classNames.size())) {
            throw new SettingsException(Problem.of("A head's logits do not match the class names.")
                    .expected("a logit for each of at least two classes, or one logit for two")
                    .found(made.elements() + " logits for " + classNames.size() + " classes"));
        }
        Backbone.requireFit(parameters(branches, headLayers), weights, "this network of several branches");
    }

    private static List<ParameterSpec> parameters(List<Branch> branches, List<Layer> headLayers) {
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
