package dev.graft.benchmark;

import java.util.Arrays;

/** Small sums over measurements and features. */
final class Statistics {
    private Statistics() {}

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Mean, mean square and largest value: equal for the same features in any order. */
    static float[] ofFeatures(float[] features) {
        double sum = 0;
        double squares = 0;
        double max = Double.NEGATIVE_INFINITY;
        for (float value : features) {
            sum += value;
            squares += (double) value * value;
            max = Math.max(max, value);
        }
        return new float[] {(float) (sum / features.length), (float) (squares / features.length), (float) max};
    }
}
