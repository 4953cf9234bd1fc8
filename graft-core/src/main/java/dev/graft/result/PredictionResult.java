package dev.graft.result;

/**
 * One prediction on a test example.
 *
 * @param index the example's place in the test data
 * @param truth its true label
 * @param predicted the predicted label
 * @param confidence the predicted label's probability, 0 to 1
 */
public record PredictionResult(int index, int truth, int predicted, double confidence) {
    /** Whether the prediction is right. */
    public boolean correct() {
        return truth == predicted;
    }
}
