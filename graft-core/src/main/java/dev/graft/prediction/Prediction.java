package dev.graft.prediction;

import dev.graft.evaluation.GradeMeasures;
import dev.graft.evaluation.PredictionSets;
import dev.graft.targets.Decision;
import dev.graft.targets.NumberErrors;
import dev.graft.targets.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a network says of one example.
 *
 * @param label the most probable class's name; of grades the median; of several labels those that it has, or that it has none; of numbers
 *     these, in words
 * @param confidence its calibrated probability, 0 to 1; of several labels the least sure of what is said of each; NaN of numbers
 * @param top the most probable classes, the first of them this one
 * @param noneOfThese whether the example is likely none of the classes; never of several labels and numbers
 * @param unknownScore how unlike the examples learned from it is, where the network tells that by distances: above 1 it is none of the
 *     classes, and labels and numbers are not to be trusted; null otherwise
 * @param set the classes that hold the true one as often as was asked for, the most probable first, perhaps none; null if no
 *     sets were asked for. Of several labels those that it has
 * @param numbers the numbers, with their intervals; none of other targets
 */
public record Prediction(
        String label,
        double confidence,
        List<Candidate> top,
        boolean noneOfThese,
        @Nullable Double unknownScore,
        @Nullable List<String> set,
        List<NumberAnswer> numbers) {
    /** Copies the lists. */
    public Prediction {
        top = List.copyOf(top);
        set = set == null ? null : List.copyOf(set);
        numbers = List.copyOf(numbers);
    }

    /** A class. */
    public Prediction(
            String label,
            double confidence,
            List<Candidate> top,
            boolean noneOfThese,
            @Nullable Double unknownScore,
            @Nullable List<String> set) {
        this(label, confidence, top, noneOfThese, unknownScore, set, List.of());
    }

    /**
     * A number, and where the true one is as often as was asked for.
     *
     * @param name what the number is
     * @param value in its own unit
     * @param lower the lower end of the interval; null where errors on held-out examples are not known
     * @param upper its upper end; null likewise
     */
    public record NumberAnswer(
            String name,
            double value,
            @Nullable Double lower,
            @Nullable Double upper) {
        /** The number with its interval, such as {@code 42.1 [38.9, 45.3]}. */
        public String shown() {
            String number = Numbers.shown(value);
            return lower == null || upper == null
                    ? number
                    : number + " [" + Numbers.shown(lower) + ", " + Numbers.shown(upper) + "]";
        }
    }

    /** Numbers, with intervals of a coverage where errors on held-out examples allow it. */
    static Prediction ofNumbers(float[] values, List<String> names, @Nullable NumberErrors errors, double coverage) {
        List<NumberAnswer> numbers = new ArrayList<>();
        for (int k = 0; k < values.length; k++) {
            Double half = errors == null || !errors.allows(coverage) ? null : (Double) errors.halfWidth(k, coverage);
            numbers.add(new NumberAnswer(
                    names.get(k),
                    values[k],
                    half == null ? null : (Double) (values[k] - half),
                    half == null ? null : (Double) (values[k] + half)));
        }
        String label = numbers.size() == 1
                ? numbers.get(0).shown()
                : numbers.stream().map(one -> one.name() + " " + one.shown()).collect(Collectors.joining(", "));
        return new Prediction(label, Double.NaN, List.of(), false, null, null, numbers);
    }

    /** The labels that reach their thresholds. */
    static Prediction ofLabels(float[] probabilities, List<String> names, int top, Decision decision) {
        List<Candidate> candidates = IntStream.range(0, probabilities.length)
                .mapToObj(label -> new Candidate(names.get(label), probabilities[label]))
                .sorted(Comparator.comparingDouble(Candidate::confidence).reversed())
                .toList();
        List<String> has = IntStream.range(0, probabilities.length)
                .filter(label -> decision.has(label, probabilities[label]))
                .boxed()
                .sorted(Comparator.comparingDouble(label -> -probabilities[label]))
                .map(names::get)
                .toList();
        double least = IntStream.range(0, probabilities.length)
                .mapToDouble(label -> decision.has(label, probabilities[label])
                        ? probabilities[label]
                        : 1 - (double) probabilities[label])
                .min()
                .orElse(1);
        return new Prediction(
                has.isEmpty() ? "no label" : String.join(", ", has),
                least,
                candidates.subList(0, Math.min(top, candidates.size())),
                false,
                null,
                has);
    }

    /** The class, label or number that a map of evidence or an explanation of this answer is about. */
    public String leading() {
        return numbers.isEmpty() ? top.get(0).label() : numbers.get(0).name();
    }

    /**
     * Labels or numbers, which stand even where the example is unlike all that the network learned from.
     *
     * @param score above 1 if it is; null where that is not told
     */
    Prediction withUnknownScore(@Nullable Double score) {
        return new Prediction(label, confidence, top, noneOfThese, score, set, numbers);
    }

    /** Whether the example is unlike all that the network learned from, as far as that is told by distances. */
    public boolean isUnlike() {
        return unknownScore != null && unknownScore > 1;
    }

    /** The grade up to which the probabilities add up to a half, in place of the most probable one. */
    Prediction atMedian(float[] probabilities, List<String> names) {
        int median = GradeMeasures.median(probabilities);
        return new Prediction(names.get(median), probabilities[median], top, noneOfThese, unknownScore, set, numbers);
    }

    /** What calibrated probabilities say of an example, as {@link Classifier#predict} does. */
    static Prediction of(
            float[] probabilities,
            List<String> classNames,
            PredictionSettings settings,
            @Nullable Double threshold,
            @Nullable Double unknownScore,
            @Nullable PredictionSets sets) {
        List<Candidate> candidates = IntStream.range(0, probabilities.length)
                .mapToObj(label -> new Candidate(classNames.get(label), probabilities[label]))
                .sorted(Comparator.comparingDouble(Candidate::confidence).reversed())
                .limit(settings.top())
                .toList();
        Candidate best = candidates.get(0);
        boolean unknown = unknownScore == null ? threshold != null && best.confidence() < threshold : unknownScore > 1;
        return new Prediction(
                best.label(),
                best.confidence(),
                candidates,
                unknown,
                unknownScore,
                sets == null
                        ? null
                        : sets.of(probabilities).stream().map(classNames::get).toList());
    }

    /**
     * A class that an image may be of.
     *
     * @param label its name
     * @param confidence its calibrated probability, 0 to 1
     */
    public record Candidate(String label, double confidence) {}
}
