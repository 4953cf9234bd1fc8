package dev.graft.backbone;

import dev.graft.backbone.ParameterSpec.Role;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.ArrayList;
import java.util.List;

/**
 * One operation of a network, described as data. The engine decides how to run it; a summary, an export or a second
 * engine reads the same description.
 */
public sealed interface Layer {
    /** What it is, in a few words for a summary. */
    String describe();

    /**
     * The shape of its output for one example.
     *
     * @throws SettingsException if the layer cannot take such an input
     */
    ActivationShape outputShape(ActivationShape input);

    /** The tensors it needs, in a fixed order. */
    default List<ParameterSpec> parameters() {
        return List.of();
    }

    /**
     * A 2-D convolution (cross-correlation, as in every deep-learning library).
     *
     * @param name prefix of its tensors' names: {@code name.weight}, (out, in, kernel, kernel), and {@code name.bias}
     * @param inChannels channels of the input
     * @param outChannels channels of the output
     * @param kernel height and width of the kernel
     * @param stride step along height and width
     * @param padding zeros added on each side
     * @param bias whether there is a bias
     */
    record Conv2d(String name, int inChannels, int outChannels, int kernel, int stride, int padding, boolean bias)
            implements Layer {
        @Override
        public String describe() {
            return "conv " + kernel + "x" + kernel + (stride == 1 ? "" : " stride " + stride);
        }

        @Override
        public ActivationShape outputShape(ActivationShape input) {
            requireChannels(this, input, inChannels);
            return ActivationShape.map(
                    outChannels,
                    slide(input.height(), kernel, stride, padding),
                    slide(input.width(), kernel, stride, padding));
        }

        @Override
        public List<ParameterSpec> parameters() {
            List<ParameterSpec> all = new ArrayList<>();
            all.add(ParameterSpec.of(name + ".weight", Role.WEIGHT, outChannels, inChannels, kernel, kernel));
            if (bias) {
                all.add(ParameterSpec.of(name + ".bias", Role.BIAS, outChannels));
            }
            return all;
        }
    }

    /**
     * Batch normalisation over (batch, height, width) for each channel (Ioffe and Szegedy 2015).
     *
     * @param name prefix of its tensors' names: {@code weight}, {@code bias}, {@code running_mean},
     *     {@code running_var}, each (channels)
     * @param channels channels of input and output
     * @param epsilon added to the variance
     * @param momentum weight of the new batch's statistics in the running ones
     */
    record BatchNorm2d(String name, int channels, float epsilon, float momentum) implements Layer {
        /** With the defaults of the public checkpoints: epsilon 1e-5, momentum 0.1. */
        public static BatchNorm2d of(String name, int channels) {
            return new BatchNorm2d(name, channels, 1e-5f, 0.1f);
        }

        @Override
        public String describe() {
            return "batch norm";
        }

        @Override
        public ActivationShape outputShape(ActivationShape input) {
            requireChannels(this, input, channels);
            return input;
        }

        @Override
        public List<ParameterSpec> parameters() {
            return List.of(
                    ParameterSpec.of(name + ".weight", Role.SCALE, channels),
                    ParameterSpec.of(name + ".bias", Role.BIAS, channels),
                    ParameterSpec.of(name + ".running_mean", Role.RUNNING_MEAN, channels),
                    ParameterSpec.of(name + ".running_var", Role.RUNNING_VARIANCE, channels));
        }
    }

    /** max(x, 0). */
    record Relu() implements Layer {
        @Override
        public String describe() {
            return "relu";
        }

        @Override
        public ActivationShape outputShape(ActivationShape input) {
            return input;
        }
    }

    /**
     * The largest value of each window; windows that do not fit are dropped.
     *
     * @param kernel height and width of the window
     * @param stride step along height and width
     */
    record MaxPool2d(int kernel, int stride) implements Layer {
        @Override
        public String describe() {
            return "max pool " + kernel + "x" + kernel;
        }

        @Override
        public ActivationShape outputShape(ActivationShape input) {
            return ActivationShape.map(
                    input.channels(),
                    slide(input.height(), kernel, stride, 0),
                    slide(input.width(), kernel, stride, 0));
        }
    }

    /** The mean over height and width: (channels, height, width) to (channels). */
    record GlobalAveragePool() implements Layer {
        @Override
        public String describe() {
            return "global average pool";
        }

        @Override
        public ActivationShape outputShape(ActivationShape input) {
            return ActivationShape.vector(input.channels());
        }
    }

    /** (channels, height, width) to one vector, channels outermost. */
    record Flatten() implements Layer {
        @Override
        public String describe() {
            return "flatten";
        }

        @Override
        public ActivationShape outputShape(ActivationShape input) {
            return ActivationShape.vector(input.elements());
        }
    }

    /**
     * A fully connected layer.
     *
     * @param name prefix of its tensors' names: {@code name.weight}, (out, in), and {@code name.bias}, (out)
     * @param inFeatures length of the input
     * @param outFeatures length of the output
     */
    record Linear(String name, int inFeatures, int outFeatures) implements Layer {
        @Override
        public String describe() {
            return "dense " + outFeatures;
        }

        @Override
        public ActivationShape outputShape(ActivationShape input) {
            if (input.isMap() || input.channels() != inFeatures) {
                throw new SettingsException(Problem.of("A dense layer does not fit its input.")
                        .where(name)
                        .expected(ActivationShape.vector(inFeatures))
                        .found(input));
            }
            return ActivationShape.vector(outFeatures);
        }

        @Override
        public List<ParameterSpec> parameters() {
            return List.of(
                    ParameterSpec.of(name + ".weight", Role.WEIGHT, outFeatures, inFeatures),
                    ParameterSpec.of(name + ".bias", Role.BIAS, outFeatures));
        }
    }

    /**
     * In training, zeroes each element with the given probability and scales the others up (Srivastava et al. 2014);
     * does nothing in inference.
     *
     * @param rate the probability, 0 to below 1
     */
    record Dropout(float rate) implements Layer {
        @Override
        public String describe() {
            return "dropout " + rate;
        }

        @Override
        public ActivationShape outputShape(ActivationShape input) {
            return input;
        }
    }

    /**
     * relu(body(x) + shortcut(x)) (He et al. 2016).
     *
     * @param body the residual branch
     * @param shortcut the other branch; empty for the identity
     */
    record Residual(List<Layer> body, List<Layer> shortcut) implements Layer {
        /** Copies the lists. */
        public Residual {
            body = List.copyOf(body);
            shortcut = List.copyOf(shortcut);
        }

        @Override
        public String describe() {
            return "residual block";
        }

        @Override
        public ActivationShape outputShape(ActivationShape input) {
            ActivationShape left = Layer.outputShape(body, input);
            ActivationShape right = Layer.outputShape(shortcut, input);
            if (!left.equals(right)) {
                throw new SettingsException(Problem.of("A residual block's branches differ in shape.")
                        .expected(left)
                        .found(right));
            }
            return left;
        }

        @Override
        public List<ParameterSpec> parameters() {
            List<ParameterSpec> all = new ArrayList<>();
            body.forEach(layer -> all.addAll(layer.parameters()));
            shortcut.forEach(layer -> all.addAll(layer.parameters()));
            return all;
        }
    }

    /** The shape that a chain of layers gives. */
    static ActivationShape outputShape(List<Layer> layers, ActivationShape input) {
        ActivationShape shape = input;
        for (Layer layer : layers) {
            shape = layer.outputShape(shape);
        }
        return shape;
    }

    private static int slide(int size, int kernel, int stride, int padding) {
        return Math.floorDiv(size + 2 * padding - kernel, stride) + 1;
    }

    private static void requireChannels(Layer layer, ActivationShape input, int channels) {
        if (!input.isMap() || input.channels() != channels) {
            throw new SettingsException(Problem.of("A layer does not fit its input.")
                    .where(layer)
                    .expected("(" + channels + ", height, width)")
                    .found(input));
        }
    }
}
