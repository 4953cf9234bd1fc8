package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.graft.layer.GatedFusion;
import dev.graft.layer.Layer;
import dev.graft.layer.Standardization;

/** Runs the layers that join branches. Activations are (batch, features), float32. */
final class FusionKernels {
    private FusionKernels() {}

    static NDArray standardize(Standardization layer, NDArray input, Parameters parameters) {
        NDArray variance = parameters.get(layer.variances());
        NDArray varied = variance.gt(Kernels.constant(input, 0)).toType(input.getDataType(), false);
        // Where nothing varied the divisor is 1, and the mask makes the quotient 0.
        NDArray divisor = variance.add(varied.mul(Kernels.constant(input, -1)).add(Kernels.constant(input, 1)))
                .sqrt();
        return input.sub(parameters.get(layer.means())).mul(varied.div(divisor));
    }

    static NDArray fuse(GatedFusion layer, NDArray input, Parameters parameters) {
        int branches = layer.features().size();
        NDList values = new NDList();
        NDList scores = new NDList();
        int start = 0;
        for (int i = 0; i < branches; i++) {
            int end = start + layer.features().get(i);
            NDArray own = input.get(":, " + start + ":" + end);
            values.add(dense(layer.value(i), own, parameters).tanh());
            scores.add(dense(layer.gate(i), input, parameters));
            start = end;
        }
        // (batch, branches, width)
        NDArray weights = NDArrays.stack(scores, 1).softmax(1);
        return NDArrays.stack(values, 1).mul(weights).sum(new int[] {1});
    }

    private static NDArray dense(Layer.Linear layer, NDArray input, Parameters parameters) {
        return ai.djl.nn.core.Linear.linear(
                        input, parameters.get(layer.name() + ".weight"), parameters.get(layer.name() + ".bias"))
                .singletonOrThrow();
    }
}
