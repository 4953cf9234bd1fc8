package dev.graft.layer;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * x + body(x), without an activation after the sum (Sandler et al. 2018): what mobile networks, ConvNeXt and transformers
 * have where {@link Layer.Residual} ends in a relu.
 *
 * @param body the residual branch, which keeps the shape
 */
public record SkipConnection(List<Layer> body) implements Layer {
    /** Copies the list. */
    public SkipConnection {
        body = List.copyOf(body);
    }

    @Override
    public String describe() {
        return body.stream().anyMatch(layer -> layer instanceof Layer.Conv2d)
                ? "inverted residual block"
                : "x + (" + new Stage("body", body).describe() + ")";
    }

    @Override
    public List<List<Layer>> chains() {
        return List.of(body);
    }

    @Override
    public Layer mapChains(UnaryOperator<List<Layer>> change) {
        return new SkipConnection(change.apply(body));
    }

    @Override
    public ActivationShape outputShape(ActivationShape input) {
        ActivationShape output = Layer.outputShape(body, input);
        if (!output.equals(input)) {
            throw new SettingsException(Problem.of("A block with a skip connection changes the shape.")
                    .expected(input)
                    .found(output));
        }
        return input;
    }
}
