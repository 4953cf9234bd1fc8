package dev.graft.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One layer of a Keras model, as a file of its weights has it.
 *
 * @param name the layer's name in the model
 * @param variables the tensors' names in the file by what they are: {@code kernel}, {@code bias}, {@code gamma},
 *     {@code beta}, {@code moving_mean}, {@code moving_variance}; empty for a layer without weights
 */
public record KerasLayer(String name, Map<String, String> variables) {
    /** Copies the map. */
    public KerasLayer {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }
}
