package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.layer.Activation;
import dev.graft.layer.Layer;
import java.util.List;

/**
 * Batch normalisation by its running statistics and the clip after it, in training, as one operation. What lies between the two
 * need not wait for the way back, which is a third of all that does.
 */
final class NormalizedClip {
    private NormalizedClip() {}

    /** Whether two layers one after the other are that. */
    static boolean suits(Layer layer, Layer next, Pass pass) {
        return layer instanceof Layer.BatchNorm2d && next == Activation.RELU6 && !pass.batchStatistics();
    }

    /** Runs them on (batch, channels, height, width); the output begins a new piece. */
    static NDArray run(Layer.BatchNorm2d norm, NDArray input, Parameters parameters, BackwardPass backward) {
        List<NDArray> tensors = List.of(
                parameters.get(norm.name() + ".weight"),
                parameters.get(norm.name() + ".bias"),
                parameters.get(norm.name() + ".running_mean"),
                parameters.get(norm.name() + ".running_var"));
        NDArray output = TensorEngine.withoutRecording(
                () -> RecordedFunctions.normalizedAndClipped(input, tensors, norm.epsilon()));
        return backward.begin(output, gradient -> {
            try (NDManager passing = input.getManager().newSubManager()) {
                List<NDArray> gradients = RecordedFunctions.normalizedGradients(
                        passing, gradient, output, input, tensors, norm.epsilon());
                for (int i = 0; i < 2; i++) {
                    if (tensors.get(i).hasGradient()) {
                        TensorEngine.backward(tensors.get(i), gradients.get(1 + i));
                    }
                }
                if (RecordedFunctions.takesGradient(input)) {
                    TensorEngine.backward(input, gradients.get(0));
                }
            }
        });
    }
}
