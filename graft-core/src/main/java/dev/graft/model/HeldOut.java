package dev.graft.model;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.statistics.ClassDistances.Distance;
import java.util.List;

/**
 * What a network said of examples of its classes that it did not learn from: with it, sets of classes have the coverage that is
 * asked for, and new data is compared.
 *
 * @param labels the true class of each example
 * @param probabilities the calibrated probabilities, (examples, classes)
 * @param distances how far their features are from the classes'
 * @param kept the features of some of them, so that another network can be measured on them
 */
@SuppressWarnings("ArrayRecordComponent")
public record HeldOut(int[] labels, float[][] probabilities, List<Distance> distances, KeptFeatures kept) {
    /**
     * The features of some examples.
     *
     * @param places which they are, counted from 0
     * @param rows their features, row after row, (examples, features)
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record KeptFeatures(int[] places, float[] rows) {
        /** None. */
        public static final KeptFeatures NONE = new KeptFeatures(new int[0], new float[0]);
    }

    /**
     * Checks that all are of as many examples.
     *
     * @throws SettingsException if they are not
     */
    public HeldOut {
        distances = List.copyOf(distances);
        if (labels.length != probabilities.length || labels.length != distances.size()) {
            throw new SettingsException(Problem.of("What was kept of held-out examples does not fit together.")
                    .expected("a label, probabilities and a distance for each example")
                    .found(labels.length + " labels, probabilities of " + probabilities.length + " and distances of "
                            + distances.size()));
        }
    }

    /** The number of examples. */
    public int size() {
        return labels.length;
    }

    /** The largest probability of each example. */
    public double[] confidences() {
        double[] largest = new double[probabilities.length];
        for (int i = 0; i < largest.length; i++) {
            for (float probability : probabilities[i]) {
                largest[i] = Math.max(largest[i], probability);
            }
        }
        return largest;
    }
}
