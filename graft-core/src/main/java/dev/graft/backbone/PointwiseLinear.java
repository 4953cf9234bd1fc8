package dev.graft.backbone;

import dev.graft.backbone.ParameterSpec.Role;
import java.util.List;

/**
 * A fully connected layer from channels to channels, the same at each place of a map: a 1x1 convolution whose kernel is
 * kept as a matrix.
 *
 * @param name prefix of its tensors' names: {@code name.weight}, (out, in), and {@code name.bias}, (out)
 * @param inChannels channels of the input
 * @param outChannels channels of the output
 */
public record PointwiseLinear(String name, int inChannels, int outChannels) implements Layer {
    @Override
    public String describe() {
        return "dense " + outChannels + " at each place";
    }

    @Override
    public ActivationShape outputShape(ActivationShape input) {
        Inputs.requireChannels(this, input, inChannels);
        return ActivationShape.map(outChannels, input.height(), input.width());
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of(
                ParameterSpec.of(name + ".weight", Role.WEIGHT, outChannels, inChannels),
                ParameterSpec.of(name + ".bias", Role.BIAS, outChannels));
    }
}
