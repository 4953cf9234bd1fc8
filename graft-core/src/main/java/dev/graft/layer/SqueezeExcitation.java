package dev.graft.layer;

import java.util.List;
import java.util.stream.Stream;

/**
 * Weighs the channels of a map by what the whole map shows: x · sigmoid(expand(silu(reduce(mean of x)))) (Hu et al.
 * 2018, with the activation of Tan and Le 2019).
 *
 * @param reduce 1x1 convolution to fewer channels
 * @param expand 1x1 convolution back to all of them
 */
public record SqueezeExcitation(Layer.Conv2d reduce, Layer.Conv2d expand) implements Layer {
    /** With a bias in both convolutions. */
    public static SqueezeExcitation of(String reduce, String expand, int channels, int squeezed) {
        return new SqueezeExcitation(
                new Layer.Conv2d(reduce, channels, squeezed, 1, 1, 0, true),
                new Layer.Conv2d(expand, squeezed, channels, 1, 1, 0, true));
    }

    @Override
    public String describe() {
        return "squeeze and excitation";
    }

    @Override
    public ActivationShape outputShape(ActivationShape input) {
        InputShapes.requireMap(this, input);
        ActivationShape gate = Layer.outputShape(List.of(reduce, expand), ActivationShape.map(input.channels(), 1, 1));
        InputShapes.requireChannels(this, input, gate.channels());
        return input;
    }

    @Override
    public List<ParameterSpec> parameters() {
        return Stream.concat(reduce.parameters().stream(), expand.parameters().stream())
                .toList();
    }
}
