package dev.graft.training;

import dev.graft.error.Problem;
import dev.graft.error.TrainingException;
import dev.graft.layer.ParameterSpec;
import dev.graft.weights.WeightSet;
import java.util.List;

/** The tensors of a phase's trained stages that stay as they are while adapters beside them are trained. */
final class FixedTensors {
    private final List<ParameterSpec> specs;
    private final String digest;

    FixedTensors(PhasePlan plan, WeightSet weights) {
        this.specs = plan.branches().stream()
                .flatMap(branch -> branch.trained().stream()
                        .flatMap(stage -> stage.parameters().stream())
                        .map(spec -> spec.withPrefix(branch.prefix())))
                .filter(spec -> spec.role() == ParameterSpec.Role.FIXED)
                .toList();
        this.digest = digest(weights);
    }

    /** Fails unless they are byte-identical, as they came back from native memory, to what they were. */
    void verifyUnmoved(WeightSet result) {
        String found = digest(result);
        if (!found.equals(digest)) {
            throw new TrainingException(Problem.of("Weights beside adapters changed during training.")
                    .expected("digest " + digest)
                    .found("digest " + found)
                    .fix("this is a defect of Graft: please report it"));
        }
    }

    private String digest(WeightSet weights) {
        return specs.isEmpty() ? "" : FrozenPart.select(weights, specs).digest();
    }
}
