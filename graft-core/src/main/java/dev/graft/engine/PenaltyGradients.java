package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.layer.ParameterSpec;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds the gradients of penalties, {@code strength · (w - target)}, to those of the loss. */
final class PenaltyGradients {
    private final Map<String, WeightPenalty> penalties;
    private final Parameters targets;

    PenaltyGradients(NDManager scope, List<ParameterSpec> learned, Map<String, WeightPenalty> penalties) {
        this.penalties = penalties;
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        penalties.forEach((name, pull) -> {
            if (pull.target() != null) {
                tensors.put(name, pull.target());
            }
        });
        List<ParameterSpec> specs = learned.stream()
                .filter(spec -> tensors.containsKey(spec.name()))
                .toList();
        this.targets = Parameters.of(scope, specs, WeightSet.of(tensors));
    }

    void addTo(NDArray gradient, String name, NDArray weight) {
        WeightPenalty pull = penalties.get(name);
        if (pull == null) {
            return;
        }
        try (NDArray distance = pull.target() == null ? weight.duplicate() : weight.sub(targets.get(name))) {
            gradient.addi(distance.muli(pull.strength()));
        }
    }
}
