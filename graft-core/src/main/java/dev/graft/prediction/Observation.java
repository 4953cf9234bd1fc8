package dev.graft.prediction;

import dev.graft.data.LabeledExamples;
import dev.graft.evaluation.DriftTest;
import dev.graft.evaluation.Evaluation;
import dev.graft.model.HeldOut;
import dev.graft.result.DriftResult;
import dev.graft.statistics.ClassDistances.Distance;
import dev.graft.statistics.UnknownRule;
import dev.graft.targets.Decision;
import dev.graft.targets.Numbers;
import dev.graft.targets.TargetKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a network with a record of its classes says of some examples.
 *
 * @param kind what it tells
 * @param answers calibrated probabilities, or numbers, (examples, names)
 * @param distances how far each example's features are from the classes', or from those of all examples
 */
@SuppressWarnings("ArrayRecordComponent")
public record Observation(TargetKind kind, float[][] answers, List<Distance> distances) {
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

    /** How sure each answer is ({@link TargetKind#confidence}). */
    public double[] confidences() {
        return Arrays.stream(answers).mapToDouble(kind::confidence).toArray();
    }

    /**
     * Compares with held-out examples, without any label: distances to the classes and the probability of each class; of numbers these.
     *
     * @param heldOut what the network said of examples that it was measured on
     * @throws dev.graft.error.SettingsException if there are fewer than 20 examples on a side
     */
    public DriftResult drift(HeldOut heldOut) {
        List<String> names = kind.names();
        List<DriftTest.Values> kinds = new ArrayList<>();
        kinds.add(values(
                kind.isOneOfNames() ? DriftResult.DISTANCE : DriftResult.DISTANCE_TO_ALL,
                heldOut.distances(),
                Distance::distance));
        if (kind.isOneOfNames()) {
            // Of one class it is 0 everywhere.
            kinds.add(values(DriftResult.RELATIVE, heldOut.distances(), Distance::relative));
        }
        for (int label = 0; label < names.size(); label++) {
            kinds.add(new DriftTest.Values(
                    (kind instanceof Numbers ? "" : "probability of ") + names.get(label),
                    column(heldOut.answers(), label),
                    column(answers, label)));
        }
        return DriftTest.compare(kinds);
    }

    /**
     * Measures what was said of labelled examples.
     *
     * @param data the examples that were observed; their names are matched
     * @param decision from which probability on an example is said to have a label
     * @throws dev.graft.error.DataException if the data is for another task, or has other names than the network
     */
    public Evaluation evaluation(LabeledExamples data, Decision decision) {
        return new Evaluation(answers, MatchedTargets.of(kind, data), decision);
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
