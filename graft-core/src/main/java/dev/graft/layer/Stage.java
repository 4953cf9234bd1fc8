package dev.graft.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * A named run of layers: the unit of cutting, freezing and learning rates.
 *
 * @param name the stage's name, such as {@code conv1}
 * @param layers its layers, in order
 * @param adapted whether only the adapters in it are trained, and all else stays as it is
 */
public record Stage(String name, List<Layer> layers, boolean adapted) {
    /** Copies the layers. */
    public Stage {
        layers = List.copyOf(layers);
    }

    /** A stage whose tensors may all be trained. */
    public Stage(String name, List<Layer> layers) {
        this(name, layers, false);
    }

    /** A stage of the given layers. */
    public static Stage of(String name, Layer... layers) {
        return new Stage(name, List.of(layers));
    }

    /** Its tensors, in order. */
    public List<ParameterSpec> parameters() {
        return layers.stream()
                .flatMap(layer -> layer.parameters().stream())
                .map(spec -> adapted ? spec.beside() : spec)
                .toList();
    }

    /** The shape of its output for one example. */
    public ActivationShape outputShape(ActivationShape input) {
        return Layer.outputShape(layers, input);
    }

    /** Its layers in words, such as {@code conv 3x3, relu} or {@code 3 x residual block}. */
    public String describe() {
        List<String> words = new ArrayList<>();
        for (int from = 0, to; from < layers.size(); from = to) {
            String word = layers.get(from).describe();
            to = from + 1;
            while (to < layers.size() && layers.get(to).describe().equals(word)) {
                to++;
            }
            words.add(to - from == 1 ? word : (to - from) + " x " + word);
        }
        return String.join(", ", words);
    }
}
