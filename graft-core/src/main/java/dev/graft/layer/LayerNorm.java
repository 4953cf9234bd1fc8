package dev.graft.layer;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.layer.ParameterSpec.Role;
import java.util.List;

/**
 * Normalisation over the channels, at each place of a map or of a vector (Ba et al. 2016). The same in training and in
 * inference.
 *
 * @param name prefix of its tensors' names: {@code weight} and {@code bias}, each (channels)
 * @param channels channels of input and output
 * @param epsilon added to the variance
 */
public record LayerNorm(String name, int channels, float epsilon) implements Layer {
    @Override
    public String describe() {
        return "layer norm";
    }

    @Override
    public ActivationShape outputShape(ActivationShape input) {
        if (input.channels() != channels) {
            throw new SettingsException(Problem.of("A layer does not fit its input.")
                    .where(name)
                    .expected(channels + " channels")
                    .found(input));
        }
        return input;
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of(
                ParameterSpec.of(name + ".weight", Role.SCALE, channels),
                ParameterSpec.of(name + ".bias", Role.BIAS, channels));
    }
}
