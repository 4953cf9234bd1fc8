package dev.graft.spark;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which columns a prediction has, in this order.
 *
 * @param prediction the predicted class's place among the names, as evaluators of Spark ML want it
 * @param label its name
 * @param confidence its probability
 * @param probability the probabilities of all classes
 * @param noneOfThese whether the example is likely none of the classes
 * @param set the classes that hold the true one as often as was asked for
 */
record PredictionColumns(
        boolean prediction, boolean label, boolean confidence, boolean probability, boolean noneOfThese, boolean set)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How many there are. */
    int count() {
        return (int) all().stream().filter(wanted -> wanted).count();
    }

    private List<Boolean> all() {
        return Stream.of(prediction, label, confidence, probability, noneOfThese, set)
                .toList();
    }
}
