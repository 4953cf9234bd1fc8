package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.feature.Pooling;
import dev.graft.layer.Activation;
import dev.graft.layer.Adapter;
import dev.graft.layer.AveragePool2d;
import dev.graft.layer.GatedFusion;
import dev.graft.layer.Layer;
import dev.graft.layer.LayerNorm;
import dev.graft.layer.LayerScale;
import dev.graft.layer.PointwiseLinear;
import dev.graft.layer.SamePadding;
import dev.graft.layer.SelfAttention;
import dev.graft.layer.SequencePool;
import dev.graft.layer.SkipConnection;
import dev.graft.layer.SqueezeExcitation;
import dev.graft.layer.Standardization;
import dev.graft.layer.TokenEmbedding;
import dev.graft.layer.UnitLength;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs layers on the engine. Activations are (batch, channels, height, width), (batch, tokens, width) or (batch, features),
 * float32.
 */
final class Kernels {
    private static final Shape DILATION = new Shape(1, 1);

    private Kernels() {}

    static NDArray run(List<Layer> layers, NDArray input, Parameters parameters, Pass pass) {
        Intermediates intermediates = Intermediates.of(pass);
        NDArray activation = input;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            Layer next = i + 1 < layers.size() ? layers.get(i + 1) : null;
            BackwardPass backward = pass.backward();
            if (backward != null && next != null && NormalizedClip.suits(layer, next, pass)) {
                activation = NormalizedClip.run((Layer.BatchNorm2d) layer, activation, parameters, backward);
                i++;
                continue;
            }
            Activation end = next == null ? null : packedEnd(layer, next, parameters);
            // Whoever gave the input may still want it.
            activation = intermediates.run(
                    activation,
                    activation == input,
                    given -> end == null
                            ? run(layer, given, parameters, pass)
                            : runPacked(layer, end, given, parameters));
            if (end != null) {
                i++;
            }
        }
        return activation;
    }

    /** The activation that a packed layer ends in, if the next layer is one; null otherwise. */
    private static @Nullable Activation packedEnd(Layer layer, Layer next, Parameters parameters) {
        if (!(next instanceof Activation activation)) {
            return null;
        }
        boolean packed = layer instanceof PointwiseLinear linear
                ? linear.adapter() == null && parameters.packed(linear.name()) != null
                : layer instanceof Layer.Conv2d conv && parameters.packed(conv.name()) != null;
        return packed && PackedLayers.endsIn(layer, activation) ? activation : null;
    }

    private static NDArray runPacked(Layer layer, Activation end, NDArray input, Parameters parameters) {
        if (layer instanceof Layer.Conv2d conv) {
            return Objects.requireNonNull(parameters.packed(conv.name())).run(input, end);
        }
        String name = ((PointwiseLinear) layer).name();
        PackedLayers.PackedLayer packed = Objects.requireNonNull(parameters.packed(name));
        return channelsOutermost(packed.run(channelsInnermost(input), end));
    }

    private static NDArray run(Layer layer, NDArray input, Parameters parameters, Pass pass) {
        if (layer instanceof Layer.Conv2d conv) {
            return convolve(conv, input, parameters, pass);
        } else if (layer instanceof Layer.BatchNorm2d norm) {
            return normalize(norm, input, parameters, pass);
        } else if (layer instanceof Layer.Relu) {
            return input.getNDArrayInternal().relu();
        } else if (layer instanceof Layer.MaxPool2d pool) {
            return input.getNDArrayInternal()
                    .maxPool(square(pool.kernel()), square(pool.stride()), square(pool.padding()), false);
        } else if (layer instanceof AveragePool2d pool) {
            return input.getNDArrayInternal()
                    .avgPool(square(pool.kernel()), square(pool.stride()), square(pool.padding()), false, true);
        } else if (layer instanceof SamePadding padding) {
            return pad(padding, input);
        } else if (layer instanceof Layer.GlobalAveragePool) {
            return mean(places(input));
        } else if (layer instanceof Layer.Flatten) {
            return input.reshape(input.getShape().get(0), -1);
        } else if (layer instanceof Layer.Linear linear) {
            return dense(linear, input, parameters, pass);
        } else if (layer instanceof Layer.Dropout dropout) {
            return pass.drop(input, dropout.rate());
        } else if (layer instanceof Layer.Residual residual) {
            NDArray shared = pass.shared(input);
            NDArray body = run(residual.body(), shared, parameters, pass);
            NDArray shortcut = run(residual.shortcut(), shared, parameters, pass);
            return body.add(shortcut).getNDArrayInternal().relu();
        } else if (layer instanceof SkipConnection skip) {
            NDArray shared = pass.shared(input);
            return run(skip.body(), shared, parameters, pass).add(shared);
        } else if (layer instanceof Activation activation) {
            return activate(activation, input);
        } else if (layer instanceof SqueezeExcitation gate) {
            return weighChannels(gate, input, parameters, pass);
        } else if (layer instanceof LayerNorm norm) {
            return normalizeChannels(norm, input, parameters);
        } else if (layer instanceof PointwiseLinear linear) {
            return channelsOutermost(SequenceKernels.project(linear, channelsInnermost(input), parameters, pass));
        } else if (layer instanceof LayerScale scale) {
            return input.mul(parameters.get(scale.name()));
        } else if (layer instanceof TokenEmbedding embedding) {
            return SequenceKernels.embed(embedding, input, parameters);
        } else if (layer instanceof SelfAttention attention) {
            return SequenceKernels.attend(attention, input, parameters, pass);
        } else if (layer instanceof SequencePool pool) {
            return SequenceKernels.pool(pool, input, pass);
        } else if (layer instanceof Standardization standardization) {
            return FusionKernels.standardize(standardization, input, parameters);
        } else if (layer instanceof GatedFusion fusion) {
            return FusionKernels.fuse(fusion, input, parameters);
        } else if (layer instanceof UnitLength) {
            return SequenceKernels.unitLength(input);
        }
        throw new AssertionError("no kernel for " + layer);
    }

    /** Pools an activation to (batch, features), as {@link Pooling} describes. */
    static NDArray pool(NDArray activation, Pooling pooling, Pass pass) {
        long batch = activation.getShape().get(0);
        if (activation.getShape().dimension() == 3) {
            return SequenceKernels.pool(activation, pooling, pass.sequences());
        }
        if (activation.getShape().dimension() != 4 || pooling == Pooling.NONE) {
            return activation.reshape(batch, -1);
        }
        if (pooling == Pooling.QUADRANTS) {
            return quadrants(activation);
        }
        NDArray places = places(activation);
        return switch (pooling) {
            case MEAN -> mean(places);
            case MAX -> max(places);
            case MEAN_MAX -> mean(places).concat(max(places), 1);
            case MEAN_MAX_STD -> meanMaxStd(places);
            case QUADRANTS, NONE -> throw new AssertionError("handled above");
        };
    }

    private static NDArray quadrants(NDArray activation) {
        Shape shape = activation.getShape();
        NDList means = new NDList();
        for (String rows : halves(shape.get(2))) {
            NDArray half = activation.get(":,:," + rows + ",:").mean(new int[] {2});
            for (String columns : halves(shape.get(3))) {
                means.add(half.get(":,:," + columns).mean(new int[] {2}));
            }
        }
        NDArray first = means.remove(0);
        return first.getNDArrayInternal().concat(means, 1);
    }

    private static List<String> halves(long side) {
        return List.of("0:" + (side + 1) / 2, side / 2 + ":" + side);
    }

    /** Views (batch, channels, height, width) as (batch, channels, places): the engine reduces one axis at a time. */
    private static NDArray places(NDArray activation) {
        Shape shape = activation.getShape();
        return activation.reshape(shape.get(0), shape.get(1), -1);
    }

    private static NDArray mean(NDArray places) {
        return places.mean(new int[] {2});
    }

    private static NDArray max(NDArray places) {
        return places.max(new int[] {2});
    }

    /**
     * The square root. At 0, as where a channel is the same at all places, its gradient is taken for 0: it is infinite, and
     * times the 0 of what is below it no number.
     */
    static NDArray root(NDArray variances) {
        NDArray positive = variances.gt(constant(variances, 0)).toType(variances.getDataType(), false);
        return variances.add(constant(variances, 1).sub(positive)).sqrt().mul(positive);
    }

    private static NDArray meanMaxStd(NDArray places) {
        NDArray mean = mean(places);
        NDArray std = root(mean(places.sub(mean.expandDims(2)).square()));
        return mean.getNDArrayInternal().concat(new NDList(max(places), std), 1);
    }

    private static NDArray pad(SamePadding padding, NDArray input) {
        int height = Math.toIntExact(input.getShape().get(2));
        int width = Math.toIntExact(input.getShape().get(3));
        // The engine counts from the last axis on.
        return input.pad(
                new Shape(padding.before(width), padding.after(width), padding.before(height), padding.after(height)),
                0);
    }

    private static NDArray convolve(Layer.Conv2d conv, NDArray input, Parameters parameters, Pass pass) {
        PackedLayers.PackedLayer packed = parameters.packed(conv.name());
        if (packed != null) {
            return packed.run(input, null);
        }
        NDArray weight = parameters.get(conv.name() + ".weight");
        NDArray bias = conv.bias() ? parameters.get(conv.name() + ".bias") : null;
        BackwardPass backward = pass.backward();
        if (backward != null && weight.hasGradient() && DepthwiseConvolution.hasSlowGradient(conv)) {
            return DepthwiseConvolution.run(conv, input, weight, bias, backward);
        }
        if (Layouts.isUnsafe(conv)) {
            return Layouts.channelsLast(convolve(conv, Layouts.plain(input), Layouts.plain(weight), bias));
        }
        return convolve(conv, input, weight, bias);
    }

    static NDArray convolve(Layer.Conv2d conv, NDArray input, NDArray weight, @Nullable NDArray bias) {
        return Conv2d.conv2d(
                        input, weight, bias, square(conv.stride()), square(conv.padding()), DILATION, conv.groups())
                .singletonOrThrow();
    }

    private static NDArray dense(Layer.Linear layer, NDArray input, Parameters parameters, Pass pass) {
        NDArray weight = parameters.get(layer.name() + ".weight");
        NDArray projected = Linear.linear(input, weight, parameters.get(layer.name() + ".bias"))
                .singletonOrThrow();
        return layer.adapter() == null
                ? projected
                : adapt(layer.adapter(), layer.name(), input, projected, parameters, pass);
    }

    /** Adds {@code α/r · B·A·x} to what a projection made of x. */
    static NDArray adapt(
            Adapter adapter, String name, NDArray input, NDArray projected, Parameters parameters, Pass pass) {
        NDArray low = Linear.linear(pass.drop(input, adapter.dropout()), parameters.get(Adapter.down(name)), null)
                .singletonOrThrow()
                .mul(constant(input, adapter.scale()));
        return projected.add(
                Linear.linear(low, parameters.get(Adapter.up(name)), null).singletonOrThrow());
    }

    private static NDArray activate(Activation activation, NDArray input) {
        return switch (activation) {
            // Without a way back the engine's own call is the shorter one.
            case RELU6 -> JniUtils.isGradMode() ? RecordedFunctions.relu6(input) : input.clip(0, 6);
            case SILU -> RecordedFunctions.silu(input);
            case GELU -> input.getNDArrayInternal().gelu();
            case GELU_TANH -> RecordedFunctions.geluByTanh(input);
        };
    }

    /**
     * A number as an array that lives as long as the step. The engine's interface takes numbers too, but frees their
     * memory before the backward pass reads it.
     */
    static NDArray constant(NDArray beside, double value) {
        return beside.getManager().create((float) value);
    }

    private static NDArray weighChannels(SqueezeExcitation gate, NDArray input, Parameters parameters, Pass pass) {
        Shape shape = input.getShape();
        NDArray means = mean(places(input)).reshape(shape.get(0), shape.get(1), 1, 1);
        NDArray squeezed = activate(Activation.SILU, convolve(gate.reduce(), means, parameters, pass));
        return input.mul(convolve(gate.expand(), squeezed, parameters, pass)
                .getNDArrayInternal()
                .sigmoid());
    }

    private static NDArray normalizeChannels(LayerNorm norm, NDArray input, Parameters parameters) {
        NDArray weight = parameters.get(norm.name() + ".weight");
        NDArray bias = parameters.get(norm.name() + ".bias");
        NDArray normalized = ai.djl.nn.norm.LayerNorm.layerNorm(
                        channelsInnermost(input), new Shape(norm.channels()), weight, bias, norm.epsilon())
                .singletonOrThrow();
        return channelsOutermost(normalized);
    }

    /** Views a map as (batch, height, width, channels), which is how it lies in memory; a vector stays as it is. */
    private static NDArray channelsInnermost(NDArray activation) {
        return activation.getShape().dimension() == 4 ? activation.transpose(0, 2, 3, 1) : activation;
    }

    /** The opposite of {@link #channelsInnermost}. */
    private static NDArray channelsOutermost(NDArray activation) {
        return activation.getShape().dimension() == 4 ? activation.transpose(0, 3, 1, 2) : activation;
    }

    private static Shape square(int side) {
        return new Shape(side, side);
    }

    private static NDArray normalize(Layer.BatchNorm2d norm, NDArray input, Parameters parameters, Pass pass) {
        return BatchNorm.batchNorm(
                        input,
                        parameters.get(norm.name() + ".running_mean"),
                        parameters.get(norm.name() + ".running_var"),
                        parameters.get(norm.name() + ".weight"),
                        parameters.get(norm.name() + ".bias"),
                        1,
                        // Here the engine's interface counts the weight of the old statistics.
                        1 - norm.momentum(),
                        norm.epsilon(),
                        pass.batchStatistics())
                .singletonOrThrow();
    }
}
