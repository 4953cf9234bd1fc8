package dev.graft.optimization;

import java.util.Arrays;

/** What training does about classes with few examples. Measurements are never weighted. */
public enum Balance {
    /** Nothing: every example counts the same. */
    NONE,
    /** Each example counts in inverse proportion to its class's size, so that every class counts the same. */
    CLASS_WEIGHTS,
    /** Each epoch draws every class equally often, the examples of small ones several times. */
    SAMPLING;

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
