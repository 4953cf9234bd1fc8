package dev.graft.engine;

import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.BatchNorm2d;
import dev.graft.layer.Layer.Conv2d;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Stage;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds every batch normalisation that follows a convolution into that convolution: with running statistics that stay as
 * they are, both are one linear map, and a pass over the activations is saved. For inference only.
 */
final class Folding {
    private final WeightSet original;
    private final Map<String, FloatTensor> folded = new LinkedHashMap<>();

    private Folding(WeightSet original) {
        this.original = original;
    }

    /**
     * Stages without the normalisations that could be folded, and the weights they need.
     *
     * @param stages the stages, which compute the same as before
     * @param weights exactly their tensors
     */
    record Folded(List<Stage> stages, WeightSet weights) {
        List<ParameterSpec> parameters() {
            return stages.stream().flatMap(stage -> stage.parameters().stream()).toList();
        }
    }

    /**
     * The stages with all that can be folded into their convolutions: normalisations, and paddings before them.
     *
     * @param input the shape of one example's input
     */
    static Folded of(ActivationShape input, List<Stage> stages, WeightSet weights) {
        return EvenPadding.of(input, of(stages, weights));
    }

    static Folded of(List<Stage> stages, WeightSet weights) {
        Folding folding = new Folding(weights);
        List<Stage> simpler = stages.stream()
                .map(stage -> new Stage(stage.name(), folding.fold(stage.layers())))
                .toList();
        return new Folded(simpler, WeightSet.of(folding.folded));
    }

    private List<Layer> fold(List<Layer> layers) {
        List<Layer> simpler = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            if (layer instanceof Conv2d conv
                    && i + 1 < layers.size()
                    && layers.get(i + 1) instanceof BatchNorm2d norm) {
                simpler.add(fold(conv, norm));
                i++;
            } else if (!layer.chains().isEmpty()) {
                simpler.add(layer.mapChains(this::fold));
            } else {
                layer.parameters().forEach(spec -> folded.put(spec.name(), original.get(spec.name())));
                simpler.add(layer);
            }
        }
        return simpler;
    }

    private Conv2d fold(Conv2d conv, BatchNorm2d norm) {
        float[] weight = values(conv.name() + ".weight").clone();
        float[] bias = conv.bias() ? values(conv.name() + ".bias").clone() : new float[conv.outChannels()];
        float[] scale = values(norm.name() + ".weight");
        float[] shift = values(norm.name() + ".bias");
        float[] mean = values(norm.name() + ".running_mean");
        float[] variance = values(norm.name() + ".running_var");
        int kernel = weight.length / conv.outChannels();
        for (int out = 0; out < conv.outChannels(); out++) {
            double factor = scale[out] / Math.sqrt((double) variance[out] + norm.epsilon());
            for (int i = out * kernel; i < (out + 1) * kernel; i++) {
                weight[i] = (float) (weight[i] * factor);
            }
            bias[out] = (float) ((bias[out] - (double) mean[out]) * factor + shift[out]);
        }
        folded.put(
                conv.name() + ".weight",
                new FloatTensor(original.get(conv.name() + ".weight").shape(), weight));
        folded.put(conv.name() + ".bias", FloatTensor.of(bias, conv.outChannels()));
        return new Conv2d(
                conv.name(),
                conv.inChannels(),
                conv.outChannels(),
                conv.kernel(),
                conv.stride(),
                conv.padding(),
                conv.groups(),
                true);
    }

    private float[] values(String name) {
        return original.get(name).values();
    }
}
