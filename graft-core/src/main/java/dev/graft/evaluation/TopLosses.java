package dev.graft.evaluation;

import dev.graft.result.PredictionResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Finds the mistakes that a network was surest of: the images to look at first, and often the wrong labels. */
public final class TopLosses {
    private TopLosses() {}

    /**
     * The wrong predictions, the highest loss first; at equal losses in the data's order.
     *
     * @param test probabilities on test examples
     * @param limit the most to list
     * @param captions what tells an example from others by its index, such as its file's relative path; may give null
     */
    public static List<PredictionResult> of(Evaluation test, int limit, IntFunction<@Nullable String> captions) {
        int[] predicted = test.predicted();
        List<PredictionResult> mistakes = new ArrayList<>();
        for (int i = 0; i < predicted.length; i++) {
            if (predicted[i] != test.truth()[i]) {
                float[] row = test.probabilities()[i];
                mistakes.add(new PredictionResult(
                        i, test.truth()[i], predicted[i], row[predicted[i]], Metrics.loss(row[test.truth()[i]]), null));
            }
        }
        mistakes.sort(Comparator.comparingDouble(PredictionResult::loss).reversed());
        return mistakes.stream()
                .limit(limit)
                .map(one -> new PredictionResult(
                        one.index(),
                        one.truth(),
                        one.predicted(),
                        one.confidence(),
                        one.loss(),
                        captions.apply(one.index())))
                .toList();
    }
}
