package dev.graft.model;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.statistics.ClassDistances.Distance;
import dev.graft.targets.Targets;
import java.util.Arrays;
import java.util.List;

/**
 * What a network said of examples that it did not learn from: with it, sets of classes have the coverage that is asked for, and new
 * data is compared.
 *
 * @param targets what is true of each example
 * @param answers what the network said, (examples, names): calibrated probabilities of classes, grades and labels, or numbers
 * @param distances how far their features are from those that the network learned from
 * @param kept the features of some of them, so that another network can be measured on them
 */
@SuppressWarnings("ArrayRecordComponent")
public record HeldOut(Targets targets, float[][] answers, List<Distance> distances, KeptFeatures kept) {
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
        if (targets.size() != answers.length || answers.length != distances.size()) {
            throw new SettingsException(Problem.of("What was kept of held-out examples does not fit together.")
                    .expected("a target, an answer and a distance for each example")
                    .found(targets.size() + " targets, " + answers.length + " answers and " + distances.size()
                            + " distances"));
        }
    }

    /** The number of examples. */
    public int size() {
        return answers.length;
    }

    /**
     * The true class or grade of each example.
     *
     * @throws dev.graft.error.DataException if examples have no class each
     */
    public int[] labels() {
        return targets.labels();
    }

    /** How sure each answer is ({@link dev.graft.targets.TargetKind#confidence}). */
    public double[] confidences() {
        return Arrays.stream(answers).mapToDouble(targets.kind()::confidence).toArray();
    }
}
