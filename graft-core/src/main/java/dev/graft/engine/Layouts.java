package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;

/**
 * Memory layouts. The engine's convolutions and poolings run several times faster when the channels lie innermost, and
 * follow the strides of what they are given: an array made as (batch, height, width, channels) and then transposed to
 * (batch, channels, height, width) is channels-last, and so is all that is computed from it.
 */
final class Layouts {
    private static final int LANES = 8;

    private Layouts() {}

    /** Views rows, (batch, height x width x channels), as what the layers expect. */
    static NDArray fromRows(NDArray rows, ActivationShape shape) {
        if (!shape.isMap()) {
            return rows;
        }
        return rows.reshape(-1, shape.height(), shape.width(), shape.channels()).transpose(0, 3, 1, 2);
    }

    /** The opposite of {@link #fromRows}: (batch, channels, height, width) to rows with the channels innermost. */
    static NDArray toRows(NDArray activation) {
        long batch = activation.getShape().get(0);
        NDArray ordered = activation.getShape().dimension() == 4 ? activation.transpose(0, 2, 3, 1) : activation;
        return ordered.reshape(batch, -1);
    }

    /** A kernel, (out, in, height, width), with the same values and the channels innermost in memory. */
    static NDArray kernel(NDArray weight) {
        if (weight.getShape().dimension() != 4) {
            return weight.duplicate();
        }
        // The flat copy in between makes the values contiguous in the new order; the duplicate is no view, which a
        // parameter that takes gradients must not be.
        return channelsLast(weight).duplicate();
    }

    /**
     * Whether a convolution must see its channels outermost: with channels innermost, and their number no multiple of eight,
     * oneDNN's AVX2 kernel for the weight gradient of a 1x1 convolution corrupts the process's memory.
     */
    static boolean isUnsafe(Layer.Conv2d conv) {
        return conv.kernel() == 1 && (conv.inChannels() % LANES != 0 || conv.outChannels() % LANES != 0);
    }

    /** Returns the values, (batch, channels, height, width), with the channels outermost in memory. */
    static NDArray plain(NDArray array) {
        return array.flatten().reshape(array.getShape());
    }

    /** The opposite of {@link #plain}: the channels innermost in memory. */
    static NDArray channelsLast(NDArray map) {
        Shape shape = map.getShape();
        return map.transpose(0, 2, 3, 1)
                .flatten()
                .reshape(shape.get(0), shape.get(2), shape.get(3), shape.get(1))
                .transpose(0, 3, 1, 2);
    }
}
