package dev.graft.training;

import dev.graft.layer.Layer;
import dev.graft.targets.TargetScale;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Folds the scale of numbers into a head's last layer, so that it puts them out in their own unit. */
final class RestoredHead {
    private RestoredHead() {}

    static WeightSet of(WeightSet all, List<Layer> head, TargetScale scale) {
        Layer.Linear last = (Layer.Linear) head.get(head.size() - 1);
        String weightName = last.name() + ".weight";
        String biasName = last.name() + ".bias";
        float[] weights = all.get(weightName).values().clone();
        float[] biases = all.get(biasName).values().clone();
        for (int k = 0; k < last.outFeatures(); k++) {
            for (int f = 0; f < last.inFeatures(); f++) {
                weights[k * last.inFeatures() + f] *= (float) scale.deviation(k);
            }
            biases[k] = (float) scale.restored(k, biases[k]);
        }
        Map<String, FloatTensor> changed = new LinkedHashMap<>(all.asMap());
        changed.put(weightName, FloatTensor.of(weights, last.outFeatures(), last.inFeatures()));
        changed.put(biasName, FloatTensor.of(biases, last.outFeatures()));
        return WeightSet.of(changed);
    }
}
