package dev.graft.curation;

import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledTexts;
import dev.graft.prediction.Classifier;
import dev.graft.statistics.ClassDistances.Distance;
import dev.graft.targets.Decision;
import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import dev.graft.targets.TargetKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How little a network knows of some examples. Of classes and grades by how much the likeliest leads the next; of several labels by how
 * near the nearest one is to the threshold from which on an example is said to have it; of numbers, whose answers do not say how sure
 * they are, by how far the examples are from those that the network learned from.
 */
public final class Uncertainty {
    private static final String UNSURE = "examples that the network is unsure of, and that differ";

    private final String method;
    private final String words;
    private final boolean ofMargins;
    private final double[] values;

    private Uncertainty(String method, String words, boolean ofMargins, double[] values) {
        this.method = method;
        this.words = words;
        this.ofMargins = ofMargins;
        this.values = values;
    }

    /**
     * What a network says of some pictures or texts. Of a network for numbers that keeps no record of the examples that it learned from,
     * nothing is known.
     *
     * @throws dev.graft.error.SettingsException if it takes examples of another kind
     */
    public static Uncertainty of(Classifier network, LabeledExamples data) {
        if (network.kind() instanceof Numbers) {
            return network.record() == null
                    ? unknown()
                    : ofDistances(network.observe(data).distances().stream()
                            .mapToDouble(Distance::distance)
                            .toArray());
        }
        float[][] probabilities = data instanceof LabeledImages images
                ? network.probabilities(images.size(), images::image)
                : network.probabilitiesOfTexts(IntStream.range(0, data.size())
                        .mapToObj(((LabeledTexts) data)::text)
                        .toList());
        return of(network.kind(), probabilities, network.confidence().decision());
    }

    /**
     * What probabilities say.
     *
     * @param kind classes, grades or labels
     * @param probabilities (examples, names)
     * @param decision from which probability on an example is said to have a label
     */
    public static Uncertainty of(TargetKind kind, float[][] probabilities, Decision decision) {
        return kind instanceof LabelSet
                ? new Uncertainty(
                        UNSURE,
                        "its nearest label lies %.2f from the threshold",
                        true,
                        Arrays.stream(probabilities)
                                .mapToDouble(row -> fromThreshold(row, decision))
                                .toArray())
                : ofClasses(UNSURE, probabilities);
    }

    static Uncertainty ofClasses(String method, float[][] probabilities) {
        return new Uncertainty(
                method,
                "the two likeliest classes lie %.2f apart",
                true,
                Arrays.stream(probabilities).mapToDouble(Uncertainty::lead).toArray());
    }

    /**
     * What distances say.
     *
     * @param distances how far each example is from those that were learned from, not negative
     */
    public static Uncertainty ofDistances(double[] distances) {
        return new Uncertainty(
                "examples far from those that the network learned from, and that differ",
                "it lies %.2f from what was learned from",
                false,
                distances.clone());
    }

    /** Nothing is known of how sure a network is. */
    static Uncertainty unknown() {
        return new Uncertainty(
                "the typical example of each group that holds no label, since a network for numbers does not say how sure it is"
                        + " and this one keeps no record of what it learned from",
                "",
                false,
                new double[0]);
    }

    private static double lead(float[] probabilities) {
        double first = 0;
        double second = 0;
        for (float value : probabilities) {
            second = Math.max(second, Math.min(first, value));
            first = Math.max(first, value);
        }
        return first - second;
    }

    private static double fromThreshold(float[] probabilities, Decision decision) {
        return IntStream.range(0, probabilities.length)
                .mapToDouble(label -> Math.abs(probabilities[label] - decision.threshold(label)))
                .min()
                .orElse(Double.NaN);
    }

    /** How examples are chosen by it, in a few words. */
    String method() {
        return method;
    }

    boolean isKnown() {
        return values.length > 0;
    }

    /** By what examples are ordered, those that the network knows least of first. */
    double order(int example) {
        return ofMargins ? values[example] : -values[example];
    }

    /** The margin of an example, 0 to 1; NaN where there is none. */
    double margin(int example) {
        return ofMargins ? values[example] : Double.NaN;
    }

    /** Why an example is worth a label, in a few words; empty if nothing is known. */
    String reason(int example) {
        return isKnown() ? String.format(Locale.ROOT, words, values[example]) : "";
    }
}
