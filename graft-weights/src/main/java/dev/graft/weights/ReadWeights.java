package dev.graft.weights;

import java.util.List;

/**
 * What was read from a file, and what was left out: together all that the file holds.
 *
 * @param weights the tensors that were read, as float32
 * @param ignored the tensors that the settings left out, in the file's order
 */
public record ReadWeights(WeightSet weights, List<TensorInfo> ignored) {
    /** Copies the list. */
    public ReadWeights {
        ignored = List.copyOf(ignored);
    }
}
