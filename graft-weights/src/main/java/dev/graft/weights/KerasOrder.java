package dev.graft.weights;

import dev.graft.error.Problem;
import dev.graft.error.WeightsMismatchException;

/** Puts the axes of Keras's tensors into the order that PyTorch and Graft use. */
public final class KerasOrder {
    private KerasOrder() {}

    /**
     * The kernel of a 2-D convolution, from (kernelHeight, kernelWidth, in, out) to (out, in, kernelHeight,
     * kernelWidth).
     *
     * @throws WeightsMismatchException if it does not have four axes
     */
    public static FloatTensor convolution(FloatTensor kernel) {
        long[] shape = kernel.shape();
        requireAxes(kernel, 4, "(kernelHeight, kernelWidth, in, out)");
        int places = (int) (shape[0] * shape[1]);
        int in = (int) shape[2];
        int out = (int) shape[3];
        float[] from = kernel.values();
        float[] to = new float[from.length];
        for (int place = 0; place < places; place++) {
            for (int i = 0; i < in; i++) {
                for (int o = 0; o < out; o++) {
                    to[(o * in + i) * places + place] = from[(place * in + i) * out + o];
                }
            }
        }
        return FloatTensor.of(to, out, in, shape[0], shape[1]);
    }

    /**
     * The kernel of a dense layer, from (in, out) to (out, in).
     *
     * @throws WeightsMismatchException if it does not have two axes
     */
    public static FloatTensor dense(FloatTensor kernel) {
        requireAxes(kernel, 2, "(in, out)");
        return denseAfterFlatten(kernel, 1, 1, (int) kernel.shape()[0]);
    }

    /**
     * The kernel of a dense layer whose input is a flattened map: from (in, out) to (out, in), and from Keras's order of
     * the inputs, channels innermost, to Graft's, channels outermost.
     *
     * @param channels the map's channels
     * @param height the map's height
     * @param width the map's width
     * @throws WeightsMismatchException if it does not have two axes, the first as long as the map has values
     */
    public static FloatTensor denseAfterFlatten(FloatTensor kernel, int channels, int height, int width) {
        requireAxes(kernel, 2, "(in, out)");
        int in = (int) kernel.shape()[0];
        int out = (int) kernel.shape()[1];
        int places = height * width;
        if (in != (long) channels * places) {
            throw new WeightsMismatchException(Problem.of("A dense layer does not fit the map that it flattens.")
                    .expected("(" + (long) channels * places + ", out), for " + channels + " channels of " + height
                            + " x " + width)
                    .found(Shapes.text(kernel.shape()))
                    .fix("use weights of a network with the same input size"));
        }
        float[] from = kernel.values();
        float[] to = new float[from.length];
        for (int place = 0; place < places; place++) {
            for (int channel = 0; channel < channels; channel++) {
                for (int o = 0; o < out; o++) {
                    to[o * in + channel * places + place] = from[(place * channels + channel) * out + o];
                }
            }
        }
        return FloatTensor.of(to, out, in);
    }

    private static void requireAxes(FloatTensor kernel, int axes, String expected) {
        if (kernel.shape().length != axes) {
            throw new WeightsMismatchException(Problem.of("A kernel does not have the axes that its layer needs.")
                    .expected(expected)
                    .found(Shapes.text(kernel.shape()))
                    .fix("use weights of a network with the same layers"));
        }
    }
}
