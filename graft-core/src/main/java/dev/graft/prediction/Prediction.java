package dev.graft.prediction;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a network says of one image.
 *
 * @param label the most probable class's name
 * @param confidence its calibrated probability, 0 to 1
 * @param top the most probable classes, the first of them this one
 * @param noneOfThese whether the confidence lies under the threshold: the image is likely none of the classes
 */
public record Prediction(String label, double confidence, List<Candidate> top, boolean noneOfThese) {
    /** Copies the list. */
    public Prediction {
        top = List.copyOf(top);
    }

    /** What calibrated probabilities say of an example, as {@link Classifier#predict} does. */
    static Prediction of(float[] probabilities, List<String> classNames, int top, @Nullable Double threshold) {
        List<Candidate> candidates = IntStream.range(0, probabilities.length)
                .mapToObj(label -> new Candidate(classNames.get(label), probabilities[label]))
                .sorted(Comparator.comparingDouble(Candidate::confidence).reversed())
                .limit(Math.max(1, top))
                .toList();
        Candidate best = candidates.get(0);
        return new Prediction(
                best.label(), best.confidence(), candidates, threshold != null && best.confidence() < threshold);
    }

    /**
     * A class that an image may be of.
     *
     * @param label its name
     * @param confidence its calibrated probability, 0 to 1
     */
    public record Candidate(String label, double confidence) {}
}
