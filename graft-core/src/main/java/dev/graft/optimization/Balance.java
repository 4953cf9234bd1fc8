package dev.graft.optimization;

import dev.graft.targets.LabelSet;
import dev.graft.targets.Targets;
import java.util.Arrays;

/** What training does about classes with few examples. Measurements are never weighted. */
public enum Balance {
    /** Nothing: every example counts the same. */
    NONE,
    /** Each example counts in inverse proportion to its class's size, so that every class counts the same. */
    CLASS_WEIGHTS,
    /** Each epoch draws every class equally often, the examples of small ones several times. */
    SAMPLING;

    /** A label that next to no example has must not outweigh all others. */
    private static final float LARGEST = 20;

    /**
     * The weight of each class's examples, so that all classes count the same; of several labels how much a label counts where an
     * example has it, so that it counts as much as its absence; of numbers none.
     */
    public static float[] weights(Targets targets) {
        if (targets.kind().isOneOfNames()) {
            return classWeights(targets.labels(), targets.kind().names().size());
        }
        if (!(targets.kind() instanceof LabelSet)) {
            return new float[0];
        }
        int width = targets.kind().width();
        float[] weights = new float[width];
        for (int label = 0; label < width; label++) {
            int having = 0;
            for (int i = 0; i < targets.size(); i++) {
                having += targets.value(i, label) > 0 ? 1 : 0;
            }
            weights[label] = having == 0 ? 1 : Math.min(LARGEST, (float) (targets.size() - having) / having);
        }
        return weights;
    }

    /**
     * The weight of each class's examples: mean 1 over the examples.
     *
     * @param labels the labels of the training examples
     * @param classes the number of classes; one without examples gets weight 0
     */
    public static float[] classWeights(int[] labels, int classes) {
        int[] counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        long present = Arrays.stream(counts).filter(count -> count > 0).count();
        float[] weights = new float[classes];
        for (int c = 0; c < classes; c++) {
            weights[c] = counts[c] == 0 ? 0f : (float) ((double) labels.length / present / counts[c]);
        }
        return weights;
    }
}
