package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.layer.Layer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Depthwise convolutions in training whose gradients Graft computes, because the engine's own way takes several times as long. */
final class DepthwiseConvolution {
    // oneDNN 3.7 computes the weight gradients of wider kernels by a plain loop.
    private static final int WIDEST_OF_FAST_KERNEL = 3;

    private DepthwiseConvolution() {}

    /** Whether the engine is slow at a convolution's gradients, and Graft is not. */
    static boolean hasSlowGradient(Layer.Conv2d conv) {
        return conv.groups() == conv.inChannels()
                && conv.inChannels() == conv.outChannels()
                && conv.kernel() > WIDEST_OF_FAST_KERNEL
                && conv.padding() < conv.kernel();
    }

    /**
     * Runs a convolution.
     *
     * @param input (batch, channels, height, width) with the channels innermost in memory
     * @param weight (channels, 1, kernel, kernel), which is trained
     * @param bias (channels); null if there is none
     * @param backward the way back, of which the output begins a new piece
     */
    static NDArray run(
            Layer.Conv2d conv, NDArray input, NDArray weight, @Nullable NDArray bias, BackwardPass backward) {
        NDArray output = TensorEngine.withoutRecording(() -> Kernels.convolve(conv, input, weight, bias));
        return backward.begin(output, gradient -> {
            try (NDManager passing = input.getManager().newSubManager()) {
                List<NDArray> gradients = RecordedFunctions.depthwiseGradients(
                        passing, gradient, input, weight, conv.stride(), conv.padding());
                TensorEngine.backward(weight, gradients.get(1));
                if (bias != null && bias.hasGradient()) {
                    TensorEngine.backward(bias, gradients.get(2));
                }
                if (RecordedFunctions.takesGradient(input)) {
                    TensorEngine.backward(input, gradients.get(0));
                }
            }
        });
    }
}
