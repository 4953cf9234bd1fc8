package dev.graft.result;

import org.jspecify.annotations.Nullable;

/**
 * One prediction on a test example.
 *
 * @param index the example's place in the test data
 * @param truth its true label
 * @param predicted the predicted label
 * @param confidence the predicted label's probability, 0 to 1
 * @param loss minus the logarithm of the true label's probability, in nats; NaN where it was not asked for
 * @param caption what tells the example from others, such as its file's relative path; null if there is nothing
 */
public record PredictionResult(
        int index,
        int truth,
        int predicted,
        double confidence,
        double loss,
        @Nullable String caption) {
    /** A prediction without loss and caption. */
    public PredictionResult(int index, int truth, int predicted, double confidence) {
        this(index, truth, predicted, confidence, Double.NaN, null);
    }

    /** Whether the prediction is right. */
    public boolean correct() {
        return truth == predicted;
    }
}
