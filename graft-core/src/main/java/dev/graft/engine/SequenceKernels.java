package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.feature.Pooling;
import dev.graft.layer.PointwiseLinear;
import dev.graft.layer.SelfAttention;
import dev.graft.layer.SequencePool;
import dev.graft.layer.TokenEmbedding;
import org.jspecify.annotations.Nullable;

/** Runs the layers of sequences. Activations are (batch, tokens, width), float32. */
final class SequenceKernels {
    private SequenceKernels() {}

    static NDArray embed(TokenEmbedding layer, NDArray input, Parameters parameters) {
        long batch = input.getShape().get(0);
        long tokens = input.getShape().get(1);
        NDArray numbers = input.reshape(batch, tokens).toType(DataType.INT64, false);
        // Looked up, not sliced: a slice would belong to the table's scope, and stay as long as the network.
        NDManager scope = input.getManager();
        NDArray positions =
                scope.arange(layer.firstPosition(), layer.firstPosition() + (int) tokens, 1, DataType.INT64);
        NDArray sum = parameters
                .rows(layer.words() + ".weight", numbers)
                .add(parameters.rows(layer.positions() + ".weight", positions));
        return layer.typeCount() == 0
                ? sum
                : sum.add(parameters.rows(layer.types() + ".weight", scope.create(new long[] {0})));
    }

    static NDArray attend(SelfAttention layer, NDArray input, Parameters parameters, Pass pass) {
        NDList projections = new NDList();
        layer.inputs().forEach(one -> projections.add(project(one, input, parameters, pass)));
        boolean fused = !pass.training() && !JniUtils.isGradMode() && FusedAttention.canRun();
        NDArray mask = pass.sequences().attentionMask(layer.causal());
        NDArray mixed =
                fused ? FusedAttention.run(projections, mask, layer.heads()) : mix(layer, projections, mask, pass);
        return project(layer.output(), mixed, parameters, pass);
    }

    private static NDArray mix(SelfAttention layer, NDList projections, @Nullable NDArray mask, Pass pass) {
        NDArray first = projections.get(0);
        long batch = first.getShape().get(0);
        long tokens = first.getShape().get(1);
        long width = layer.width();
        long depth = width / layer.heads();
        NDList heads = new NDList();
        if (projections.size() == 1) {
            for (int i = 0; i < 3; i++) {
                heads.add(first.get(":, :, " + i * width + ":" + (i + 1) * width));
            }
        } else {
            heads.addAll(projections);
        }
        heads.replaceAll(one -> one.reshape(batch, tokens, layer.heads(), depth).transpose(0, 2, 1, 3));
        NDArray query = heads.get(0).mul(Kernels.constant(first, 1 / Math.sqrt((double) depth)));
        NDArray scores = query.matMul(heads.get(1).transpose(0, 1, 3, 2));
        // They grow with the square of the length, so none is kept longer than it takes to make the next. What the
        // backward
        // pass reads, the engine keeps itself.
        NDArray masked = mask == null ? scores : Intermediates.replaced(scores, scores.add(mask));
        NDArray weights = pass.drop(Intermediates.replaced(masked, masked.softmax(-1)), layer.dropout());
        return weights.matMul(heads.get(2)).transpose(0, 2, 1, 3).reshape(batch, tokens, width);
    }

    static NDArray project(PointwiseLinear layer, NDArray input, Parameters parameters, Pass pass) {
        NDArray projected = project(layer, input, parameters);
        return layer.adapter() == null
                ? projected
                : Kernels.adapt(layer.adapter(), layer.name(), input, projected, parameters, pass);
    }

    private static NDArray project(PointwiseLinear layer, NDArray input, Parameters parameters) {
        PackedLayers.PackedLayer packed = parameters.packed(layer.name());
        if (packed != null) {
            return packed.run(input, null);
        }
        NDArray weight = parameters.get(layer.name() + ".weight");
        NDArray bias = parameters.get(layer.name() + ".bias");
        return layer.inputsFirst()
                ? input.matMul(weight).add(bias)
                : ai.djl.nn.core.Linear.linear(input, weight, bias).singletonOrThrow();
    }

    static NDArray pool(SequencePool layer, NDArray input, Pass pass) {
        return switch (layer) {
            case MEAN -> mean(input, pass.sequences());
            case FIRST -> input.get(":, 0");
            case LAST -> sum(input.mul(pass.sequences().last()));
        };
    }

    /** Pools to (batch, features), over the tokens that count. */
    static NDArray pool(NDArray input, Pooling pooling, Sequences sequences) {
        return switch (pooling) {
            case MEAN -> mean(input, sequences);
            case MAX -> max(input, sequences);
            case MEAN_MAX -> mean(input, sequences).concat(max(input, sequences), 1);
            case MEAN_MAX_STD -> meanMaxStd(input, sequences);
            case QUADRANTS, NONE -> throw new AssertionError("refused by Pooling.features");
        };
    }

    static NDArray unitLength(NDArray input) {
        // The floor of the public implementations, for a vector of zeros.
        return input.div(sum(input.square())
                .sqrt()
                .maximum(Kernels.constant(input, 1e-12))
                .expandDims(1));
    }

    private static NDArray mean(NDArray input, Sequences sequences) {
        return sum(input.mul(sequences.present())).div(sequences.counts());
    }

    private static NDArray max(NDArray input, Sequences sequences) {
        return input.add(sequences.penalties()).max(new int[] {1});
    }

    private static NDArray meanMaxStd(NDArray input, Sequences sequences) {
        NDArray mean = mean(input, sequences);
        NDArray apart = input.sub(mean.expandDims(1)).mul(sequences.present());
        NDArray std = Kernels.root(sum(apart.square()).div(sequences.counts()));
        return mean.getNDArrayInternal().concat(new NDList(max(input, sequences), std), 1);
    }

    private static NDArray sum(NDArray input) {
        return input.sum(new int[] {1});
    }
}
