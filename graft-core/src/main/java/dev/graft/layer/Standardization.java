package dev.graft.layer;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.layer.ParameterSpec.Role;
import java.util.List;

/**
 * Brings each feature of a vector to mean 0 and variance 1, by statistics of the training data that are measured once and then
 * stay as they are. A feature that never varied there becomes 0: nothing was learned of it.
 *
 * @param name prefix of its tensors' names: {@code running_mean} and {@code running_var}, each (features)
 * @param features length of input and output
 */
public record Standardization(String name, int features) implements Layer {
    @Override
    public String describe() {
        return "standardise";
    }

    @Override
    public ActivationShape outputShape(ActivationShape input) {
        if (!input.equals(ActivationShape.vector(features))) {
            throw new SettingsException(Problem.of("A layer does not fit its input.")
                    .where(name)
                    .expected(ActivationShape.vector(features))
                    .found(input));
        }
        return input;
    }

    /** The name of the means' tensor. */
    public String means() {
        return name + ".running_mean";
    }

    /** The name of the variances' tensor. */
    public String variances() {
        return name + ".running_var";
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of(
                ParameterSpec.of(means(), Role.RUNNING_MEAN, features),
                ParameterSpec.of(variances(), Role.RUNNING_VARIANCE, features));
    }
}
