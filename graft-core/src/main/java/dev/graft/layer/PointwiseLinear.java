package dev.graft.layer;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.layer.ParameterSpec.Role;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A fully connected layer from channels to channels, the same at each place of a map or token of a sequence: a 1x1
 * convolution whose kernel is kept as a matrix.
 *
 * @param name prefix of its tensors' names: {@code name.weight} and {@code name.bias}, (out)
 * @param inChannels channels of the input
 * @param outChannels channels of the output
 * @param inputsFirst whether the weight is (in, out), as GPT-2's checkpoints have it, and not (out, in)
 * @param adapter what low-rank adaptation adds; null for nothing
 */
public record PointwiseLinear(
        String name,
        int inChannels,
        int outChannels,
        boolean inputsFirst,
        @Nullable Adapter adapter) implements Layer {
    /** Without an adapter. */
    public PointwiseLinear(String name, int inChannels, int outChannels, boolean inputsFirst) {
        this(name, inChannels, outChannels, inputsFirst, null);
    }

    /** With a weight (out, in), as nearly all checkpoints have it. */
    public PointwiseLinear(String name, int inChannels, int outChannels) {
        this(name, inChannels, outChannels, false);
    }

    /** Returns a copy with an adapter. */
    public PointwiseLinear withAdapter(Adapter added) {
        return new PointwiseLinear(name, inChannels, outChannels, inputsFirst, added);
    }

    @Override
    public String describe() {
        return "dense " + outChannels + " at each place";
    }

    @Override
    public ActivationShape outputShape(ActivationShape input) {
        if (!input.hasPlaces() || input.channels() != inChannels) {
            throw new SettingsException(Problem.of("A layer does not fit its input.")
                    .where(name)
                    .expected("(" + inChannels + ", height, width) or (tokens, " + inChannels + ")")
                    .found(input));
        }
        return input.isSequence()
                ? ActivationShape.sequence(input.tokens(), outChannels)
                : ActivationShape.map(outChannels, input.height(), input.width());
    }

    @Override
    public List<ParameterSpec> parameters() {
        ParameterSpec weight = inputsFirst
                ? ParameterSpec.of(name + ".weight", Role.WEIGHT, inChannels, outChannels)
                : ParameterSpec.of(name + ".weight", Role.WEIGHT, outChannels, inChannels);
        List<ParameterSpec> own = List.of(weight, ParameterSpec.of(name + ".bias", Role.BIAS, outChannels));
        return adapter == null
                ? own
                : Stream.concat(own.stream(), adapter.parameters(name, inChannels, outChannels).stream())
                        .toList();
    }
}
