package dev.graft.prediction;

import dev.graft.evaluation.PredictionSets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a network says of one example.
 *
 * @param label the most probable class's name
 * @param confidence its calibrated probability, 0 to 1
 * @param top the most probable classes, the first of them this one
 * @param noneOfThese whether the example is likely none of the classes
 * @param unknownScore how unlike the classes it is, where the network tells that by distances: above 1 it is none of them; null
 *     otherwise
 * @param set the classes that hold the true one as often as was asked for, the most probable first, perhaps none; null if no
 *     sets were asked for
 */
public record Prediction(
        String label,
        double confidence,
        List<Candidate> top,
        boolean noneOfThese,
        @Nullable Double unknownScore,
        @Nullable List<String> set) {
    /** Copies the lists. */
    public Prediction {
        top = List.copyOf(top);
        set = set == null ? null : List.copyOf(set);
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
