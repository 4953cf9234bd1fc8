package dev.graft.evaluation;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.result.Classification;
import dev.graft.result.Classification.ClassResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What a classifier got right and wrong on test examples. */
public final class Metrics {
    // Keras's epsilon, so that losses compare; a sure mistake costs 16.1 nats instead of infinity.
    private static final double SMALLEST_PROBABILITY = 1e-7;
    // Softmax in single precision may exceed 1 by its rounding.
    private static final double LARGEST_PROBABILITY = 1 + 1e-4;

    private Metrics() {}

    /**
     * The confusion matrix, and precision, recall and F1 of each class and as means over the classes. A class without an example
     * has no recall, and if nothing was taken for it no precision and no F1 either: they are NaN, and left out of the means. A
     * class with examples that nothing was taken for has precision 0.
     *
     * @param truth the true label of each example
     * @param predicted the predicted label of each example
     * @param classNames the classes' names, by label
     * @throws SettingsException if the arrays differ in length, are empty, or hold a label without a name
     */
    public static Classification classify(int[] truth, int[] predicted, List<String> classNames) {
        requirePairs(truth.length, predicted.length);
        int[][] confusion = new int[classNames.size()][classNames.size()];
        for (int i = 0; i < truth.length; i++) {
            requireLabel(truth[i], classNames.size(), i);
            requireLabel(predicted[i], classNames.size(), i);
            confusion[truth[i]][predicted[i]]++;
        }
        List<ClassResult> classes = new ArrayList<>();
        for (int label = 0; label < confusion.length; label++) {
            classes.add(classResult(classNames.get(label), confusion, label));
        }
        return new Classification(
                Arrays.stream(confusion)
                        .map(row -> Arrays.stream(row).boxed().toList())
                        .toList(),
                classes,
                mean(classes, ClassResult::precision),
                mean(classes, ClassResult::recall),
                mean(classes, ClassResult::f1));
    }

    /**
     * The fraction of examples whose label was predicted, 0 to 1.
     *
     * @throws SettingsException if the arrays differ in length or are empty
     */
    public static double accuracy(int[] truth, int[] predicted) {
        requirePairs(truth.length, predicted.length);
        int right = 0;
        for (int i = 0; i < truth.length; i++) {
            right += truth[i] == predicted[i] ? 1 : 0;
        }
        return right / (double) truth.length;
    }

    /**
     * The mean cross-entropy in nats: minus the natural logarithm of the probability given to the true class, where a
     * probability below 1e-7 counts as 1e-7.
     *
     * @param probabilities (examples, classes), each 0 to 1
     * @param truth the true label of each example
     * @throws SettingsException if the arrays differ in length, are empty, or hold a label without a probability or a
     *     probability out of range
     */
    public static double crossEntropy(float[][] probabilities, int[] truth) {
        requirePairs(truth.length, probabilities.length);
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            requireLabel(truth[i], probabilities[i].length, i);
            double probability = probabilities[i][truth[i]];
            if (!(probability >= 0 && probability <= LARGEST_PROBABILITY)) {
                throw new SettingsException(Problem.of("A predicted probability is out of range.")
                        .where("example " + i + ", class " + truth[i])
                        .expected("a number in [0, 1]")
                        .found(probability));
            }
            sum += loss(probability);
        }
        return sum / truth.length;
    }

    /** The cross-entropy of one example, from the probability given to its true class, in nats. */
    static double loss(double probability) {
        return -Math.log(Math.min(1, Math.max(SMALLEST_PROBABILITY, probability)));
    }

    private static ClassResult classResult(String name, int[][] confusion, int label) {
        int right = confusion[label][label];
        int support = Arrays.stream(confusion[label]).sum();
        int predictions = Arrays.stream(confusion).mapToInt(row -> row[label]).sum();
        return new ClassResult(
                name,
                predictions == 0 && support > 0 ? 0 : ratio(right, predictions),
                ratio(right, support),
                ratio(2 * right, support + predictions),
                support);
    }

    /** NaN where there is nothing to be a part of. */
    private static double ratio(int part, int whole) {
        return whole == 0 ? Double.NaN : part / (double) whole;
    }

    private static double mean(List<ClassResult> classes, ToDoubleFunction<ClassResult> figure) {
        return classes.stream()
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    private static void requirePairs(int truth, int predicted) {
        if (truth != predicted || truth == 0) {
            throw new SettingsException(Problem.of("Predictions cannot be compared with the truth.")
                    .expected("as many predictions as true labels, at least 1")
                    .found(predicted + " predictions and " + truth + " true labels"));
        }
    }

    private static void requireLabel(int label, int classes, int example) {
        if (label < 0 || label >= classes) {
            throw new SettingsException(Problem.of("A label is not one of the classes.")
                    .where("example " + example)
                    .expected("a label from 0 to " + (classes - 1))
                    .found(label));
        }
    }
}
