package dev.graft.prediction;

import dev.graft.evaluation.DriftTest;
import dev.graft.model.HeldOut;
import dev.graft.result.DriftResult;
import dev.graft.statistics.ClassDistances.Distance;
import dev.graft.statistics.UnknownRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a network with a record of its classes says of some examples.
 *
 * @param probabilities the calibrated probabilities, (examples, classes)
 * @param distances how far each example's features are from the classes'
 */
@SuppressWarnings("ArrayRecordComponent")
public record Observation(float[][] probabilities, List<Distance> distances) {
    /** Copies the list. */
    public Observation {
        distances = List.copyOf(distances);
    }

    /**
     * How unlike the classes each example is by a rule: above 1 it is none of them.
     *
     * @param rule the network's own
     */
    public double[] unknownScores(UnknownRule rule) {
        double[] confidences = confidences();
        return IntStream.range(0, confidences.length)
                .mapToDouble(i -> rule.score(distances.get(i), confidences[i]))
                .toArray();
    }

    /** The largest probability of each example. */
    public double[] confidences() {
        return Arrays.stream(probabilities)
                .mapToDouble(row -> {
                    double largest = 0;
                    for (float value : row) {
                        largest = Math.max(largest, value);
                    }
                    return largest;
                })
                .toArray();
    }

    /**
     * Compares with held-out examples, without any label: distances to the classes and the probability of each class.
     *
     * @param heldOut what the network said of examples that it was measured on
     * @param classNames the classes, by label
     * @throws dev.graft.error.SettingsException if there are fewer than 20 examples on a side
     */
    public DriftResult drift(HeldOut heldOut, List<String> classNames) {
        List<DriftTest.Values> kinds = new ArrayList<>();
        kinds.add(values(DriftResult.DISTANCE, heldOut.distances(), Distance::distance));
        kinds.add(values(DriftResult.RELATIVE, heldOut.distances(), Distance::relative));
        for (int label = 0; label < classNames.size(); label++) {
            kinds.add(new DriftTest.Values(
                    "probability of " + classNames.get(label),
                    column(heldOut.probabilities(), label),
                    column(probabilities, label)));
        }
        return DriftTest.compare(kinds);
    }

    private DriftTest.Values values(String name, List<Distance> before, ToDoubleFunction<Distance> part) {
        return new DriftTest.Values(
                name,
                before.stream().mapToDouble(part).toArray(),
                distances.stream().mapToDouble(part).toArray());
    }

    private static double[] column(float[][] rows, int column) {
        return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
    }
}
