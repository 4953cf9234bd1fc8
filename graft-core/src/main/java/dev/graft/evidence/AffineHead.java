package dev.graft.evidence;

import dev.graft.layer.Layer;
import dev.graft.layer.Standardization;
import dev.graft.weights.WeightSet;
import java.util.List;

/** A head without anything between its dense layers: each logit is a weighted sum of the features, and a bias. */
final class AffineHead {
    private final List<Layer> layers;
    private final WeightSet weights;

    AffineHead(List<Layer> layers, WeightSet weights) {
        this.layers = layers;
        this.weights = weights;
    }

    /** Whether a head is one. */
    static boolean is(List<Layer> layers) {
        return layers.stream()
                .allMatch(layer -> layer instanceof Layer.Dropout
                        || layer instanceof Standardization
                        || (layer instanceof Layer.Linear linear && linear.adapter() == null));
    }

    /**
     * A logit as a function of the features: {@code sum(weights * features) + bias}.
     *
     * @param weights one for each feature
     * @param bias what is added
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Logit(double[] weights, double bias) {}

    /** The weighted sum of the head's outputs with these weights, such as one output alone, put back to the features. */
    Logit logit(double[] outputs) {
        Logit logit = new Logit(outputs, 0);
        for (int i = layers.size() - 1; i >= 0; i--) {
            Layer layer = layers.get(i);
            if (layer instanceof Layer.Linear linear) {
                logit = before(linear, logit);
            } else if (layer instanceof Standardization standardization) {
                logit = before(standardization, logit);
            }
        }
        return logit;
    }

    private Logit before(Layer.Linear linear, Logit after) {
        float[] matrix = values(linear.name() + ".weight");
        float[] biases = values(linear.name() + ".bias");
        double[] inputs = new double[linear.inFeatures()];
        double bias = after.bias();
        for (int out = 0; out < linear.outFeatures(); out++) {
            double weight = after.weights()[out];
            if (weight != 0) {
                bias += weight * biases[out];
                for (int in = 0; in < inputs.length; in++) {
                    inputs[in] += weight * matrix[out * inputs.length + in];
                }
            }
        }
        return new Logit(inputs, bias);
    }

    /** A feature that never varied counts for nothing. */
    private Logit before(Standardization standardization, Logit after) {
        float[] means = values(standardization.means());
        float[] variances = values(standardization.variances());
        double[] inputs = new double[means.length];
        double bias = after.bias();
        for (int i = 0; i < inputs.length; i++) {
            if (variances[i] > 0) {
                inputs[i] = after.weights()[i] / Math.sqrt(variances[i]);
                bias -= inputs[i] * means[i];
            }
        }
        return new Logit(inputs, bias);
    }

    private float[] values(String name) {
        return weights.get(name).values();
    }
}
