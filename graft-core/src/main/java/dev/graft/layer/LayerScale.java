package dev.graft.layer;

import dev.graft.layer.ParameterSpec.Role;
import java.util.List;

/**
 * A learned factor for each channel, small at first, at the end of a residual branch (Touvron et al. 2021).
 *
 * @param name its one tensor's name, (channels, 1, 1)
 * @param channels channels of input and output
 */
public record LayerScale(String name, int channels) implements Layer {
    @Override
    public String describe() {
        return "layer scale";
    }

    @Override
    public ActivationShape outputShape(ActivationShape input) {
        InputShapes.requireChannels(this, input, channels);
        return input;
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of(ParameterSpec.of(name, Role.LAYER_SCALE, channels, 1, 1));
    }
}
