package dev.graft.bundle;

import dev.graft.backbone.ActivationShape;
import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.Layer;
import dev.graft.backbone.ParameterSpec;
import dev.graft.backbone.Stage;
import dev.graft.data.ClassNames;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.result.StageSummary;
import dev.graft.weights.WeightSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A backbone that was cut, its new head, and all weights: everything that prediction needs. Immutable.
 *
 * @param architecture the backbone's architecture
 * @param cut where it is cut
 * @param headName the head's name
 * @param headLayers the head's layers
 * @param classNames the target's classes, by label
 * @param weights the tensors of the stages through the cut and of the head, and no others
 * @param lineage where it comes from
 * @param confidence how sure it may be of what it says
 */
public record TransferModel(
        Architecture architecture,
        Cut cut,
        String headName,
        List<Layer> headLayers,
        List<String> classNames,
        WeightSet weights,
        Lineage lineage,
        Confidence confidence) {
    /**
     * Copies the lists, and checks that cut, head, classes and weights fit each other strictly.
     *
     * @throws SettingsException if the head does not take the features at the cut, or does not make the classes' logits, or if a
     *     class has no name of its own
     * @throws dev.graft.error.WeightsMismatchException if a tensor is missing, unexpected or mis-shaped
     */
    public TransferModel {
        headLayers = List.copyOf(headLayers);
        classNames = List.copyOf(classNames);
        ClassNames.requireOfNetwork(classNames, "this " + architecture.id() + " with its head");
        requireLogits(architecture, cut, headLayers, classNames);
        Backbone.requireFit(
                parameters(architecture, cut, headLayers), weights, "this " + architecture.id() + " with its head");
    }

    /** A model whose confidences were not calibrated; checked as above. */
    public TransferModel(
            Architecture architecture,
            Cut cut,
            String headName,
            List<Layer> headLayers,
            List<String> classNames,
            WeightSet weights,
            Lineage lineage) {
        this(architecture, cut, headName, headLayers, classNames, weights, lineage, Confidence.RAW);
    }

    /** The same network with calibrated confidences. */
    public TransferModel withConfidence(Confidence calibrated) {
        return new TransferModel(architecture, cut, headName, headLayers, classNames, weights, lineage, calibrated);
    }

    /** Checks that a head takes the features at the cut, and makes the classes' logits. */
    static void requireLogits(Architecture architecture, Cut cut, List<Layer> headLayers, List<String> classNames) {
        ActivationShape made = Layer.outputShape(headLayers, ActivationShape.vector(cut.features(architecture)));
        boolean oneForTwo = classNames.size() == 2 && made.elements() == 1;
        if (classNames.size() < 2 || !(oneForTwo || made.elements() == classNames.size())) {
            throw new SettingsException(Problem.of("A head's logits do not match the class names.")
                    .expected("a logit for each of at least two classes, or one logit for two")
                    .found(made.elements() + " logits for " + classNames.size() + " classes"));
        }
    }

    /** The stages that run, in order. */
    public List<Stage> stages() {
        return architecture.stagesThrough(cut.last(architecture));
    }

    /** The values of all tensors that training may touch, running statistics left out. */
    public long totalParameters() {
        return NetworkSummary.learned(parameters(architecture, cut, headLayers));
    }

    /**
     * The network stage by stage, the head's layers last.
     *
     * @param frozenStages the stages that were not trained
     */
    public List<StageSummary> summary(Set<String> frozenStages) {
        NetworkSummary summary = new NetworkSummary();
        summary.branch("", architecture, cut, frozenStages);
        summary.head(ActivationShape.vector(cut.features(architecture)), headLayers);
        return summary.lines();
    }

    /** All tensors of a network that is cut and has a head. */
    static List<ParameterSpec> parameters(Architecture architecture, Cut cut, List<Layer> headLayers) {
        return Stream.concat(
                        architecture.stagesThrough(cut.last(architecture)).stream()
                                .flatMap(stage -> stage.parameters().stream()),
                        headLayers.stream().flatMap(layer -> layer.parameters().stream()))
                .toList();
    }
}
