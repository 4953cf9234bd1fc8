package dev.graft.evaluation;

/**
 * Finds the temperature with the lowest cross-entropy. The cross-entropy is convex in the inverse temperature, so its
 * slope has one zero at most, and halving an interval of log T that holds it cannot miss it.
 */
final class TemperatureSearch {
    private static final double COLDEST = Math.log(0.05);
    private static final double HOTTEST = Math.log(20);
    private static final int HALVINGS = 60;

    private final double[][] logits;
    private final int[] truth;

    TemperatureSearch(Evaluation evaluation) {
        this.logits = new double[evaluation.truth().length][];
        this.truth = evaluation.truth();
        for (int i = 0; i < logits.length; i++) {
            logits[i] = logits(evaluation.probabilities()[i]);
        }
    }

    /**
     * Logits that give these probabilities, the largest of them 0: logarithms differ from the network's own logits by a
     * constant, which a softmax does not see.
     */
    static double[] logits(float[] probabilities) {
        double largest = Float.MIN_VALUE;
        for (float probability : probabilities) {
            largest = Math.max(largest, probability);
        }
        double[] logits = new double[probabilities.length];
        for (int c = 0; c < logits.length; c++) {
            // What was rounded to 0 in single precision was at most half of its smallest number.
            logits[c] = Math.log(Math.max(Float.MIN_VALUE, probabilities[c])) - Math.log(largest);
        }
        return logits;
    }

    /** Whether the lowest temperature is still not low enough: the examples bear no doubt. */
    boolean tooCold() {
        return slope(Math.exp(-COLDEST)) <= 0;
    }

    /** Whether the highest temperature is still not high enough: the predictions bear no trust. */
    boolean tooHot() {
        return slope(Math.exp(-HOTTEST)) >= 0;
    }

    double temperature() {
        double cold = COLDEST;
        double hot = HOTTEST;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (cold + hot) / 2;
            if (slope(Math.exp(-middle)) > 0) {
                cold = middle;
            } else {
                hot = middle;
            }
        }
        return Math.exp((cold + hot) / 2);
    }

    /** The derivative of the summed cross-entropy by the inverse temperature: expected logits less true ones. */
    private double slope(double inverse) {
        double slope = 0;
        for (int i = 0; i < logits.length; i++) {
            double weights = 0;
            double expected = 0;
            for (double logit : logits[i]) {
                double weight = Math.exp(logit * inverse);
                weights += weight;
                expected += weight * logit;
            }
            slope += expected / weights - logits[i][truth[i]];
        }
        return slope;
    }
}
