package dev.graft.benchmark;

import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.PointwiseLinear;
import dev.graft.layer.SelfAttention;
import dev.graft.layer.SkipConnection;
import java.util.List;

/**
 * Counts floating-point operations: two for each multiplication and addition of convolutions, dense layers and attention. What
 * pools, activations and normalisation take is not counted, so a limit from these counts cannot quite be reached.
 */
final class Operations {
    private Operations() {}

    /** One example through the layers. */
    static double forward(List<Layer> layers, ActivationShape input) {
        double sum = 0;
        ActivationShape shape = input;
        for (Layer layer : layers) {
            sum += forward(layer, shape);
            shape = layer.outputShape(shape);
        }
        return sum;
    }

    private static double forward(Layer layer, ActivationShape input) {
        ActivationShape output = layer.outputShape(input);
        if (layer instanceof Layer.Conv2d conv) {
            double patch = (double) conv.kernel() * conv.kernel() * conv.inChannels() / conv.groups();
            return 2 * patch * conv.outChannels() * output.height() * output.width();
        } else if (layer instanceof Layer.Linear linear) {
            return 2.0 * linear.inFeatures() * linear.outFeatures();
        } else if (layer instanceof Layer.Residual residual) {
            return forward(residual.body(), input) + forward(residual.shortcut(), input);
        } else if (layer instanceof PointwiseLinear linear) {
            return 2.0 * linear.inChannels() * linear.outChannels() * places(output);
        } else if (layer instanceof SkipConnection skip) {
            return forward(skip.body(), input);
        } else if (layer instanceof SelfAttention attention) {
            double tokens = input.tokens();
            // Each token with each other: the scores, and the sum of the values.
            return 4 * tokens * tokens * attention.width()
                    + attention.inputs().stream()
                            .mapToDouble(one -> forward(one, input))
                            .sum()
                    + forward(attention.output(), input);
        }
        return 0;
    }

    private static double places(ActivationShape shape) {
        return (double) shape.elements() / shape.channels();
    }

    /**
     * One example forward and backward: the gradients of weights and of inputs take as much as the forward pass each, but
     * nobody needs the gradient of the first layer's input.
     */
    static double trained(List<Layer> layers, ActivationShape input) {
        double first = 0;
        ActivationShape shape = input;
        for (Layer layer : layers) {
            first = forward(layer, shape);
            shape = layer.outputShape(shape);
            if (first > 0) {
                break;
            }
        }
        return 3 * forward(layers, input) - first;
    }
}
