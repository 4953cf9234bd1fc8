package dev.graft.layer;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.layer.ParameterSpec.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a network, described as data. The engine decides how to run it; a summary, an export or a second
 * engine reads the same description.
 */
public sealed interface Layer
        permits Activation,
                AveragePool2d,
                GatedFusion,
                LayerNorm,
                LayerScale,
                PointwiseLinear,
                SamePadding,
                SelfAttention,
                SequencePool,
                SkipConnection,
                SqueezeExcitation,
                Standardization,
                TokenEmbedding,
                UnitLength,
                Layer.Conv2d,
                Layer.BatchNorm2d,
                Layer.Relu,
                Layer.MaxPool2d,
                Layer.GlobalAveragePool,
                Layer.Flatten,
                Layer.Linear,
                Layer.Dropout,
                Layer.Residual {
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
        return chains().stream()
                .flatMap(List::stream)
                .flatMap(layer -> layer.parameters().stream())
                .toList();
    }

    /** Whether in training an example's output depends on the other examples of its batch, as in batch normalisation. */
    default boolean mixesExamples() {
        return chains().stream().flatMap(List::stream).anyMatch(Layer::mixesExamples);
    }

    /** The chains of layers inside it, each of which starts from its input; empty for a layer that is one operation. */
    default List<List<Layer>> chains() {
        return List.of();
    }

    /** A copy in which another chain of layers, which the function gives, takes the place of each chain inside it. */
    default Layer mapChains(UnaryOperator<List<Layer>> change) {
        return this;
    }

    /**
     * A 2-D convolution (cross-correlation, as in every deep-learning library).
     *
     * @param name prefix of its tensors' names: {@code name.weight}, (out, in / groups, kernel,
     *     kernel), and {@code name.bias}
     * @param inChannels channels of the input
     * @param outChannels channels of the output
     * @param kernel height and width of the kernel
     * @param stride step along height and width
     * @param padding zeros added on each side
     * @param groups how many groups the channels fall into: each group of outputs sees its own group of inputs; as many
     *     groups as channels make a depthwise convolution
     * @param bias whether there is a bias
     */
    record Conv2d(
            String name, int inChannels, int outChannels, int kernel, int stride, int padding, int groups, boolean bias)
            implements Layer {
        /**
         * Checks the ranges.
         *
         * @throws SettingsException if a size, the stride or the groups are below 1, the padding is below 0, or the
         *     groups do not divide both numbers of channels
         */
        public Conv2d {
            if (inChannels < 1 || outChannels < 1 || kernel < 1 || stride < 1 || padding < 0) {
                throw new SettingsException(Problem.of("A convolution's sizes make no sense.")
                        .where(name)
                        .expected("channels, kernel and stride of at least 1, padding of at least 0")
                        .found("channels " + inChannels + " to " + outChannels + ", kernel " + kernel + ", stride "
                                + stride + ", padding " + padding));
            }
            if (groups < 1 || inChannels % groups != 0 || outChannels % groups != 0) {
                throw new SettingsException(Problem.of("A convolution's groups do not divide its channels.")
                        .where(name)
                        .expected("at least one group, and a multiple of the groups as channels")
                        .found("channels " + inChannels + " to " + outChannels + ", groups " + groups));
            }
        }

        /** With one group: every output sees every input. */
        public Conv2d(String name, int inChannels, int outChannels, int kernel, int stride, int padding, boolean bias) {
            this(name, inChannels, outChannels, kernel, stride, padding, 1, bias);
        }

        @Override
        public String describe() {
            return (groups == 1 ? "" : groups == inChannels ? "depthwise " : "grouped ") + "conv " + kernel + "x"
                    + kernel + (stride == 1 ? "" : " stride " + stride);
        }

        @Override
        public ActivationShape outputShape(ActivationShape input) {
            InputShapes.requireChannels(this, input, inChannels);
            return InputShapes.slide(this, input, outChannels, kernel, stride, padding);
        }

        @Override
        public List<ParameterSpec> parameters() {
            List<ParameterSpec> all = new ArrayList<>();
            all.add(ParameterSpec.of(name + ".weight", Role.WEIGHT, outChannels, inChannels / groups, kernel, kernel));
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
        public boolean mixesExamples() {
            return true;
        }

        @Override
        public ActivationShape outputShape(ActivationShape input) {
            InputShapes.requireChannels(this, input, channels);
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
     * @param padding how far windows may reach over each side, where nothing is; at most half the window
     */
    record MaxPool2d(int kernel, int stride, int padding) implements Layer {
        /**
         * Checks the ranges.
         *
         * @throws SettingsException if the kernel or the stride is below 1, or the padding outside 0 to kernel / 2
         */
        public MaxPool2d {
            InputShapes.requireWindow("A max pool's", kernel, stride, padding);
        }

        /** Without padding. */
        public MaxPool2d(int kernel, int stride) {
            this(kernel, stride, 0);
        }

        @Override
        public String describe() {
            return "max pool " + kernel + "x" + kernel;
        }

        @Override
        public ActivationShape outputShape(ActivationShape input) {
            InputShapes.requireMap(this, input);
            return InputShapes.slide(this, input, input.channels(), kernel, stride, padding);
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
            InputShapes.requireMap(this, input);
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
     * @param adapter what low-rank adaptation adds; null for nothing
     */
    record Linear(
            String name,
            int inFeatures,
            int outFeatures,
            @Nullable Adapter adapter) implements Layer {
        /**
         * Checks the ranges.
         *
         * @throws SettingsException if a length is below 1
         */
        public Linear {
            if (inFeatures < 1 || outFeatures < 1) {
                throw new SettingsException(Problem.of("A dense layer needs at least one input and one output.")
                        .where(name)
                        .found(inFeatures + " inputs, " + outFeatures + " outputs"));
            }
        }

        /** Without an adapter. */
        public Linear(String name, int inFeatures, int outFeatures) {
            this(name, inFeatures, outFeatures, null);
        }

        /** Returns a copy with an adapter. */
        public Linear withAdapter(Adapter added) {
            return new Linear(name, inFeatures, outFeatures, added);
        }

        @Override
        public String describe() {
            return "dense " + outFeatures;
        }

        @Override
        public ActivationShape outputShape(ActivationShape input) {
            if (input.hasPlaces() || input.channels() != inFeatures) {
                throw new SettingsException(Problem.of("A dense layer does not fit its input.")
                        .where(name)
                        .expected(ActivationShape.vector(inFeatures))
                        .found(input));
            }
            return ActivationShape.vector(outFeatures);
        }

        @Override
        public List<ParameterSpec> parameters() {
            List<ParameterSpec> all = new ArrayList<>();
            all.add(ParameterSpec.of(name + ".weight", Role.WEIGHT, outFeatures, inFeatures));
            all.add(ParameterSpec.of(name + ".bias", Role.BIAS, outFeatures));
            if (adapter != null) {
                all.addAll(adapter.parameters(name, inFeatures, outFeatures));
            }
            return all;
        }
    }

    /**
     * In training, zeroes each element with the given probability and scales the others up (Srivastava et al. 2014);
     * does nothing in inference.
     *
     * @param rate the probability, 0 to below 1
     */
    record Dropout(float rate) implements Layer {
        /**
         * Checks the range.
         *
         * @throws SettingsException if the rate is below 0, 1 or more, or NaN
         */
        public Dropout {
            if (!(rate >= 0 && rate < 1)) {
                throw new SettingsException(Problem.of("A dropout rate must be at least 0 and below 1.")
                        .found(rate));
            }
        }

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
        public List<List<Layer>> chains() {
            return List.of(body, shortcut);
        }

        @Override
        public Layer mapChains(UnaryOperator<List<Layer>> change) {
            return new Residual(change.apply(body), change.apply(shortcut));
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
    }

    /** The shape that a chain of layers gives. */
    static ActivationShape outputShape(List<Layer> layers, ActivationShape input) {
        ActivationShape shape = input;
        for (Layer layer : layers) {
            shape = layer.outputShape(shape);
        }
        return shape;
    }
}
