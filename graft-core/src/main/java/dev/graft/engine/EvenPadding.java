package dev.graft.engine;

import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.Conv2d;
import dev.graft.layer.SamePadding;
import dev.graft.layer.Stage;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts TensorFlow's padding into the convolutions that follow it, which saves a copy of the whole activation. The engine's
 * convolutions pad alike on all sides. Where one more zero lies below and on the right, the kernel gets a first row and a
 * first column of zeros instead: it then begins one place earlier, and ends where it ended. For inference only.
 */
final class EvenPadding {
    private final Map<String, FloatTensor> weights;

    private EvenPadding(WeightSet original) {
        this.weights = new LinkedHashMap<>(original.asMap());
    }

    /**
     * Stages without paddings of their own, and the weights they need.
     *
     * @param input the shape of one example's input: how much is padded depends on it
     */
    static Folding.Folded of(ActivationShape input, Folding.Folded folded) {
        EvenPadding padding = new EvenPadding(folded.weights());
        List<Stage> simpler = new ArrayList<>();
        ActivationShape shape = input;
        for (Stage stage : folded.stages()) {
            simpler.add(new Stage(stage.name(), padding.merge(stage.layers(), shape)));
            shape = stage.outputShape(shape);
        }
        return new Folding.Folded(simpler, WeightSet.of(padding.weights));
    }

    private List<Layer> merge(List<Layer> layers, ActivationShape input) {
        List<Layer> simpler = new ArrayList<>();
        ActivationShape shape = input;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            if (layer instanceof SamePadding padding
                    && i + 1 < layers.size()
                    && layers.get(i + 1) instanceof Conv2d conv
                    && canMerge(padding, conv, shape)) {
                simpler.add(merge(padding, conv, shape));
                shape = conv.outputShape(padding.outputShape(shape));
                i++;
                continue;
            }
            ActivationShape here = shape;
            simpler.add(layer.mapChains(chain -> merge(chain, here)));
            shape = layer.outputShape(shape);
        }
        return simpler;
    }

    /** One row of zeros fits rows and columns alike only if both are padded alike. */
    private static boolean canMerge(SamePadding padding, Conv2d conv, ActivationShape shape) {
        return conv.padding() == 0
                && padding.before(shape.height()) == padding.before(shape.width())
                && padding.after(shape.height()) == padding.after(shape.width());
    }

    private Conv2d merge(SamePadding padding, Conv2d conv, ActivationShape shape) {
        int after = padding.after(shape.height());
        int more = after - padding.before(shape.height());
        int kernel = conv.kernel() + more;
        if (more > 0) {
            weights.computeIfPresent(conv.name() + ".weight", (name, weight) -> enlarged(weight, more));
        }
        return new Conv2d(
                conv.name(),
                conv.inChannels(),
                conv.outChannels(),
                kernel,
                conv.stride(),
                after,
                conv.groups(),
                conv.bias());
    }

    /** A kernel, (out, in, height, width), with so many first rows and columns of zeros. */
    private static FloatTensor enlarged(FloatTensor weight, int more) {
        long[] shape = weight.shape();
        int side = Math.toIntExact(shape[2]);
        int larger = side + more;
        float[] values = weight.values();
        int kernels = values.length / (side * side);
        float[] all = new float[kernels * larger * larger];
        for (int kernel = 0; kernel < kernels; kernel++) {
            for (int row = 0; row < side; row++) {
                System.arraycopy(
                        values,
                        (kernel * side + row) * side,
                        all,
                        (kernel * larger + row + more) * larger + more,
                        side);
            }
        }
        return new FloatTensor(new long[] {shape[0], shape[1], larger, larger}, all);
    }
}
