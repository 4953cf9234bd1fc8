package dev.graft.benchmark;

import dev.graft.layer.Activation;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.SamePadding;
import dev.graft.layer.SkipConnection;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/**
 * Builds a network as TensorFlow operations on (batch, height, width, channels), the layout its CPU kernels prefer. For
 * inference the weights are constants, so that the graph's optimiser may fold and fuse.
 */
final class TensorFlowNetwork {
    private final Ops tf;
    private final WeightSet weights;
    private final boolean training;
    final List<Op> initializers = new ArrayList<>();
    final List<Variable<TFloat32>> learned = new ArrayList<>();
    final List<Op> statistics = new ArrayList<>();
    private @Nullable ActivationShape flattened;
    private boolean padded;

    TensorFlowNetwork(Ops tf, WeightSet weights, boolean training) {
        this.tf = tf;
        this.weights = weights;
        this.training = training;
    }

    Operand<TFloat32> apply(List<Layer> layers, Operand<TFloat32> input, ActivationShape inputShape) {
        Operand<TFloat32> activation = input;
        ActivationShape shape = inputShape;
        for (Layer layer : layers) {
            activation = apply(layer, activation, shape);
            shape = layer.outputShape(shape);
        }
        return activation;
    }

    private Operand<TFloat32> apply(Layer layer, Operand<TFloat32> input, ActivationShape shape) {
        if (layer instanceof Layer.Conv2d conv) {
            return convolve(conv, input);
        } else if (layer instanceof Layer.BatchNorm2d norm) {
            return normalize(norm, input);
        } else if (layer instanceof Layer.Relu) {
            return tf.nn.relu(input);
        } else if (layer == Activation.RELU6) {
            return tf.nn.relu6(input);
        } else if (layer instanceof SamePadding) {
            // The convolution after it does that.
            padded = true;
            return input;
        } else if (layer instanceof SkipConnection skip) {
            return tf.math.add(apply(skip.body(), input, shape), input);
        } else if (layer instanceof Layer.MaxPool2d pool) {
            return tf.nn.maxPool(
                    input,
                    tf.constant(new int[] {1, pool.kernel(), pool.kernel(), 1}),
                    tf.constant(new int[] {1, pool.stride(), pool.stride(), 1}),
                    "VALID");
        } else if (layer instanceof Layer.GlobalAveragePool) {
            return tf.math.mean(input, tf.constant(new int[] {1, 2}));
        } else if (layer instanceof Layer.Flatten) {
            flattened = shape;
            return tf.reshape(input, tf.constant(new int[] {-1, shape.elements()}));
        } else if (layer instanceof Layer.Linear linear) {
            Operand<TFloat32> product = tf.linalg.matMul(input, matrix(linear));
            return tf.nn.biasAdd(product, learned(values(linear.name() + ".bias"), linear.outFeatures()));
        } else if (layer instanceof Layer.Dropout dropout) {
            return training ? drop(dropout, input) : input;
        } else if (layer instanceof Layer.Residual residual) {
            return tf.nn.relu(
                    tf.math.add(apply(residual.body(), input, shape), apply(residual.shortcut(), input, shape)));
        }
        throw new UnsupportedOperationException(layer.describe());
    }

    private Operand<TFloat32> convolve(Layer.Conv2d conv, Operand<TFloat32> input) {
        boolean same = padded || (conv.stride() == 1 && conv.kernel() == 2 * conv.padding() + 1);
        padded = false;
        Operand<TFloat32> result;
        if (conv.padding() == 0 || same) {
            result = slide(conv, input, same ? "SAME" : "VALID");
        } else {
            // SAME would pad a strided convolution on one side only, and explicit paddings have no gradient here.
            int[][] paddings = {{0, 0}, {conv.padding(), conv.padding()}, {conv.padding(), conv.padding()}, {0, 0}};
            result = slide(conv, tf.pad(input, tf.constant(paddings), tf.constant(0f)), "VALID");
        }
        return conv.bias() ? tf.nn.biasAdd(result, learned(values(conv.name() + ".bias"), conv.outChannels())) : result;
    }

    private Operand<TFloat32> slide(Layer.Conv2d conv, Operand<TFloat32> input, String padding) {
        if (conv.groups() != 1 && (conv.groups() != conv.inChannels() || conv.outChannels() != conv.inChannels())) {
            throw new UnsupportedOperationException(conv.describe());
        }
        boolean depthwise = conv.groups() != 1;
        Operand<TFloat32> kernel = learned(
                depthwise ? innermostChannel(conv) : innermostOut(conv),
                conv.kernel(),
                conv.kernel(),
                conv.inChannels(),
                depthwise ? 1 : conv.outChannels());
        List<Long> strides = List.of(1L, (long) conv.stride(), (long) conv.stride(), 1L);
        return depthwise
                ? tf.nn.depthwiseConv2dNative(input, kernel, strides, padding)
                : tf.nn.conv2d(input, kernel, strides, padding);
    }

    private Operand<TFloat32> normalize(Layer.BatchNorm2d norm, Operand<TFloat32> input) {
        Operand<TFloat32> scale = learned(values(norm.name() + ".weight"), norm.channels());
        Operand<TFloat32> shift = learned(values(norm.name() + ".bias"), norm.channels());
        float[] mean = values(norm.name() + ".running_mean");
        float[] variance = values(norm.name() + ".running_var");
        if (!training) {
            return tf.nn.fusedBatchNorm(
                            input,
                            scale,
                            shift,
                            constant(mean, norm.channels()),
                            constant(variance, norm.channels()),
                            FusedBatchNorm.isTraining(false),
                            FusedBatchNorm.epsilon(norm.epsilon()))
                    .y();
        }
        FusedBatchNorm<TFloat32, TFloat32> result = tf.nn.fusedBatchNorm(
                input,
                scale,
                shift,
                tf.constant(new float[0]),
                tf.constant(new float[0]),
                FusedBatchNorm.isTraining(true),
                FusedBatchNorm.epsilon(norm.epsilon()));
        average(norm, mean, result.batchMean());
        average(norm, variance, result.batchVariance());
        return result.y();
    }

    private void average(Layer.BatchNorm2d norm, float[] start, Operand<TFloat32> ofBatch) {
        Variable<TFloat32> running = variable(start, norm.channels());
        Operand<TFloat32> change = tf.math.mul(tf.math.sub(running, ofBatch), tf.constant(norm.momentum()));
        statistics.add(tf.assignSub(running, change));
    }

    private Operand<TFloat32> drop(Layer.Dropout dropout, Operand<TFloat32> input) {
        Operand<TFloat32> random = tf.random.randomUniform(tf.shape(input), TFloat32.class);
        Operand<TFloat32> kept =
                tf.dtypes.cast(tf.math.greaterEqual(random, tf.constant(dropout.rate())), TFloat32.class);
        return tf.math.mul(tf.math.mul(input, tf.constant(1 / (1 - dropout.rate()))), kept);
    }

    /** (out, in) to (in, out); after a flattening also from channels outermost to channels innermost. */
    private Operand<TFloat32> matrix(Layer.Linear linear) {
        float[] values = values(linear.name() + ".weight");
        int in = linear.inFeatures();
        int out = linear.outFeatures();
        float[] turned = new float[values.length];
        int places = flattened == null ? 1 : flattened.height() * flattened.width();
        int channels = in / places;
        for (int k = 0; k < out; k++) {
            for (int i = 0; i < in; i++) {
                int place = i % places;
                int channel = i / places;
                turned[(place * channels + channel) * out + k] = values[k * in + i];
            }
        }
        flattened = null;
        return learned(turned, in, out);
    }

    /** (out, in, height, width) to (height, width, in, out). */
    private float[] innermostOut(Layer.Conv2d conv) {
        float[] values = values(conv.name() + ".weight");
        int places = conv.kernel() * conv.kernel();
        float[] turned = new float[values.length];
        for (int out = 0; out < conv.outChannels(); out++) {
            for (int in = 0; in < conv.inChannels(); in++) {
                for (int place = 0; place < places; place++) {
                    turned[(place * conv.inChannels() + in) * conv.outChannels() + out] =
                            values[(out * conv.inChannels() + in) * places + place];
                }
            }
        }
        return turned;
    }

    /** (channels, 1, height, width) to (height, width, channels, 1). */
    private float[] innermostChannel(Layer.Conv2d conv) {
        float[] values = values(conv.name() + ".weight");
        int places = conv.kernel() * conv.kernel();
        float[] turned = new float[values.length];
        for (int channel = 0; channel < conv.inChannels(); channel++) {
            for (int place = 0; place < places; place++) {
                turned[place * conv.inChannels() + channel] = values[channel * places + place];
            }
        }
        return turned;
    }

    private Operand<TFloat32> learned(float[] values, long... shape) {
        if (!training) {
            return constant(values, shape);
        }
        Variable<TFloat32> variable = variable(values, shape);
        learned.add(variable);
        return variable;
    }

    Variable<TFloat32> variable(float[] values, long... shape) {
        Variable<TFloat32> variable = tf.variable(Shape.of(shape), TFloat32.class);
        initializers.add(tf.assign(variable, constant(values, shape)));
        return variable;
    }

    private Operand<TFloat32> constant(float[] values, long... shape) {
        return tf.constant(Shape.of(shape), DataBuffers.of(values));
    }

    private float[] values(String name) {
        return weights.get(name).values();
    }
}
