package dev.graft.model;

import dev.graft.backbone.Architecture;
import dev.graft.feature.Cut;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Stage;
import dev.graft.result.StageSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes down a network: its branches stage by stage, then the head's layers. */
final class NetworkSummary {
    private final List<StageSummary> lines = new ArrayList<>();

    /**
     * Adds a branch.
     *
     * @param prefix what the names of its stages begin with; empty for the only branch
     * @param frozenStages the names, with the prefix, of the stages that were not trained
     */
    void branch(String prefix, Architecture architecture, Cut cut, Set<String> frozenStages) {
        for (Stage stage : architecture.stagesThrough(cut.last(architecture))) {
            lines.add(new StageSummary(
                    prefix + stage.name(),
                    stage.describe(),
                    architecture.outputShape(stage.name()).toString(),
                    learned(stage.parameters()),
                    !frozenStages.contains(prefix + stage.name())));
        }
        if (cut.places().size() > 1
                || architecture.outputShape(cut.places().get(0).stage()).hasPlaces()) {
            lines.add(new StageSummary(
                    prefix + "features",
                    cut.stageNames() + ", pooling " + cut.poolingLabel(),
                    ActivationShape.vector(cut.features(architecture)).toString(),
                    0,
                    false));
        }
    }

    /**
     * Adds the head.
     *
     * @param features the shape of what it takes
     */
    void head(ActivationShape features, List<Layer> layers) {
        ActivationShape shape = features;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            shape = layer.outputShape(shape);
            lines.add(new StageSummary(
                    "head." + i, layer.describe(), shape.toString(), learned(layer.parameters()), true));
        }
    }

    List<StageSummary> lines() {
        return List.copyOf(lines);
    }

    /** The values of those tensors that training may touch. */
    static long learned(List<ParameterSpec> parameters) {
        return parameters.stream()
                .filter(ParameterSpec::learned)
                .mapToLong(ParameterSpec::elements)
                .sum();
    }
}
