package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import dev.graft.backbone.Layer;
import dev.graft.feature.Pooling;
import java.util.List;

/** Runs layers on the engine. Activations are (batch, channels, height, width) or (batch, features), float32. */
final class Kernels {
    private static final Shape DILATION = new Shape(1, 1);
    private static final Shape NO_PADDING = new Shape(0, 0);

    private Kernels() {}

    static NDArray run(List<Layer> layers, NDArray input, Parameters parameters, boolean training) {
        NDArray activation = input;
        for (Layer layer : layers) {
            activation = run(layer, activation, parameters, training);
        }
        return activation;
    }

    private static NDArray run(Layer layer, NDArray input, Parameters parameters, boolean training) {
        if (layer instanceof Layer.Conv2d conv) {
            return convolve(conv, input, parameters);
        } else if (layer instanceof Layer.BatchNorm2d norm) {
            return normalize(norm, input, parameters, training);
        } else if (layer instanceof Layer.Relu) {
            return input.getNDArrayInternal().relu();
        } else if (layer instanceof Layer.MaxPool2d pool) {
            Shape kernel = new Shape(pool.kernel(), pool.kernel());
            Shape stride = new Shape(pool.stride(), pool.stride());
            return input.getNDArrayInternal().maxPool(kernel, stride, NO_PADDING, false);
        } else if (layer instanceof Layer.GlobalAveragePool) {
            return input.mean(new int[] {2, 3});
        } else if (layer instanceof Layer.Flatten) {
            return input.reshape(input.getShape().get(0), -1);
        } else if (layer instanceof Layer.Linear linear) {
            return ai.djl.nn.core.Linear.linear(
                            input, parameters.get(linear.name() + ".weight"), parameters.get(linear.name() + ".bias"))
                    .singletonOrThrow();
        } else if (layer instanceof Layer.Dropout dropout) {
            return training
                    ? input.getNDArrayInternal()
                            .dropout(input, dropout.rate(), true)
                            .singletonOrThrow()
                    : input;
        } else if (layer instanceof Layer.Residual residual) {
            NDArray body = run(residual.body(), input, parameters, training);
            NDArray shortcut = run(residual.shortcut(), input, parameters, training);
            return body.add(shortcut).getNDArrayInternal().relu();
        }
        throw new AssertionError("no kernel for " + layer);
    }

    /** Pools an activation to (batch, features), as {@link Pooling} describes. */
    static NDArray pool(NDArray activation, Pooling pooling) {
        long batch = activation.getShape().get(0);
        if (activation.getShape().dimension() != 4 || pooling == Pooling.NONE) {
            return activation.reshape(batch, -1);
        }
        // Height and width become one axis without a copy, because the channels lie innermost.
        NDArray places = activation.reshape(batch, activation.getShape().get(1), -1);
        int[] axis = {2};
        return switch (pooling) {
            case MEAN -> places.mean(axis);
            case MAX -> places.max(axis);
            case MEAN_MAX -> places.mean(axis).concat(places.max(axis), 1);
            case MEAN_MAX_STD -> meanMaxStd(places, axis);
            case NONE -> throw new AssertionError("handled above");
        };
    }

    private static NDArray meanMaxStd(NDArray places, int[] axis) {
        NDArray mean = places.mean(axis);
        NDArray std = places.sub(mean.expandDims(2)).square().mean(axis).sqrt();
        return mean.getNDArrayInternal().concat(new NDList(places.max(axis), std), 1);
    }

    private static NDArray convolve(Layer.Conv2d conv, NDArray input, Parameters parameters) {
        NDArray weight = parameters.get(conv.name() + ".weight");
        NDArray bias = conv.bias() ? parameters.get(conv.name() + ".bias") : null;
        Shape stride = new Shape(conv.stride(), conv.stride());
        Shape padding = new Shape(conv.padding(), conv.padding());
        return Conv2d.conv2d(input, weight, bias, stride, padding, DILATION, 1).singletonOrThrow();
    }

    private static NDArray normalize(Layer.BatchNorm2d norm, NDArray input, Parameters parameters, boolean training) {
        return BatchNorm.batchNorm(
                        input,
                        parameters.get(norm.name() + ".running_mean"),
                        parameters.get(norm.name() + ".running_var"),
                        parameters.get(norm.name() + ".weight"),
                        parameters.get(norm.name() + ".bias"),
                        1,
                        norm.momentum(),
                        norm.epsilon(),
                        training)
                .singletonOrThrow();
    }
}
