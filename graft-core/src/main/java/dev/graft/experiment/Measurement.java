package dev.graft.experiment;

import dev.graft.evaluation.Evaluation;
import dev.graft.result.SelectionResult;
import dev.graft.training.TransferResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One training of one strategy, measured.
 *
 * @param seed the seed
 * @param samples training examples
 * @param strategy the strategy's name
 * @param curve measurements on the curve's test data
 * @param test measurements on the test data; null for the smaller points of the curve
 * @param result the training's result; null for the smaller points of the curve
 * @param selection how the strategy was chosen; null if it was given
 */
record Measurement(
        long seed,
        int samples,
        String strategy,
        Evaluation curve,
        @Nullable Evaluation test,
        @Nullable TransferResult result,
        @Nullable SelectionResult selection) {

    static List<Measurement> of(List<Measurement> all, String strategy, int samples) {
        return all.stream()
                .filter(one -> one.strategy().equals(strategy) && one.samples() == samples)
                .toList();
    }

    static double[] curveAccuracies(List<Measurement> measurements) {
        return measurements.stream().mapToDouble(one -> one.curve().score()).toArray();
    }
}
