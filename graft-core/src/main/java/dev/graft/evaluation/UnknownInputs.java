package dev.graft.evaluation;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.result.UnknownThreshold;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tells images of the classes from images of anything else by a threshold on the calibrated confidence (Hendrycks and
 * Gimpel, "A Baseline for Detecting Misclassified and Out-of-Distribution Examples in Neural Networks", 2017, arXiv
 * 1610.02136). No example of anything else is needed: the threshold is as high as the refusals of known examples allow.
 */
public final class UnknownInputs {
    /** Five in a hundred known images may be refused. */
    public static final double ALLOWED_SHARE = 0.05;

    // Rounded down, so that the number shown is the number used, and rounding in the network refuses nobody else.
    private static final double STEPS = 10_000;

    private UnknownInputs() {}

    /**
     * Chooses the highest threshold, of four decimals, that refuses at most a share of the validation examples.
     *
     * @param validation calibrated probabilities on validation examples; null if there are none
     * @param allowedShare that share, 0 to below 1; {@link #ALLOWED_SHARE} suits most
     * @return the threshold, above 0 and below 1; null if there are fewer than 20 examples, too few to choose by
     * @throws SettingsException if the share is out of range
     */
    public static @Nullable Double choose(@Nullable Evaluation validation, double allowedShare) {
        if (!(allowedShare >= 0 && allowedShare < 1)) {
            throw new SettingsException(Problem.of("A share of images to refuse is out of range.")
                    .expected("at least 0 and below 1")
                    .found(allowedShare));
        }
        if (validation == null || validation.truth().length < Calibration.FEWEST_EXAMPLES) {
            return null;
        }
        double[] confidences = confidences(validation);
        Arrays.sort(confidences);
        int refused = (int) Math.floor(allowedShare * confidences.length + 1e-9);
        return Math.max(1, Math.min(STEPS - 1, Math.floor(confidences[refused] * STEPS))) / STEPS;
    }

    /**
     * What a threshold costs on examples of the classes.
     *
     * @param evaluation calibrated probabilities on them, at least one
     */
    public static UnknownThreshold.Cost cost(Evaluation evaluation, double threshold) {
        return cost(evaluation, (i, confidence) -> !(confidence >= threshold));
    }

    /** Tells whether an example is none of the classes. */
    @FunctionalInterface
    public interface Refusal {
        /** Whether the example at that index is refused, by its confidence or what else is known of it. */
        boolean refuses(int index, double confidence);
    }

    /**
     * What a rule costs on examples of the classes.
     *
     * @param evaluation calibrated probabilities on them, at least one
     */
    public static UnknownThreshold.Cost cost(Evaluation evaluation, Refusal rule) {
        double[] confidences = confidences(evaluation);
        boolean[] correct = evaluation.correct();
        int refused = 0;
        int right = 0;
        for (int i = 0; i < confidences.length; i++) {
            boolean accepted = !rule.refuses(i, confidences[i]);
            refused += accepted ? 0 : 1;
            right += accepted && correct[i] ? 1 : 0;
        }
        int accepted = confidences.length - refused;
        return new UnknownThreshold.Cost(
                confidences.length,
                refused,
                refused / (double) confidences.length,
                evaluation.accuracy(),
                accepted == 0 ? Double.NaN : right / (double) accepted);
    }

    private static double[] confidences(Evaluation evaluation) {
        int[] predicted = evaluation.predicted();
        double[] confidences = new double[predicted.length];
        for (int i = 0; i < confidences.length; i++) {
            confidences[i] = evaluation.probabilities()[i][predicted[i]];
        }
        return confidences;
    }
}
