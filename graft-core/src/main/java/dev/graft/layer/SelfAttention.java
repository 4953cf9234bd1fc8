package dev.graft.layer;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.ArrayList;
import java.util.List;

/**
 * Multi-head self-attention: each token's new vector is a mean of all tokens' values, weighted by how well its query fits
 * their keys (Vaswani et al. 2017). Tokens beyond an example's length are never looked at.
 *
 * @param inputs three projections for query, key and value, each (width, width); or one that makes all three in this
 *     order, (width, 3 x width)
 * @param output the projection of the joined heads, (width, width)
 * @param heads how many parts the width falls into
 * @param causal whether a token sees only itself and those before it
 * @param dropout rate at which weights are dropped in training, 0 to below 1
 */
public record SelfAttention(
        List<PointwiseLinear> inputs, PointwiseLinear output, int heads, boolean causal, float dropout)
        implements Layer {
    /**
     * Copies and checks.
     *
     * @throws SettingsException if the projections do not fit each other, the heads do not divide the width, or the
     *     dropout is out of range
     */
    public SelfAttention {
        inputs = List.copyOf(inputs);
        int width = output.inChannels();
        int made = inputs.size() == 1 ? 3 * width : width;
        boolean fits = (inputs.size() == 1 || inputs.size() == 3)
                && inputs.stream().allMatch(input -> input.inChannels() == width && input.outChannels() == made)
                && output.outChannels() == width;
        if (!fits || heads < 1 || width % heads != 0 || !(dropout >= 0 && dropout < 1)) {
            throw new SettingsException(Problem.of("An attention's sizes make no sense.")
                    .where(output.name())
                    .expected("projections of one width, which the heads divide, and a dropout from 0 to below 1")
                    .found(inputs.size() + " inputs, width " + width + ", " + heads + " heads, dropout " + dropout));
        }
    }

    /** The length of a token's vector. */
    public int width() {
        return output.inChannels();
    }

    @Override
    public String describe() {
        return (causal ? "causal " : "") + "attention of " + heads + (heads == 1 ? " head" : " heads");
    }

    @Override
    public ActivationShape outputShape(ActivationShape input) {
        InputShapes.requireSequence(this, input, width());
        return input;
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> all = new ArrayList<>();
        inputs.forEach(input -> all.addAll(input.parameters()));
        all.addAll(output.parameters());
        return all;
    }
}
