package dev.graft.evaluation;

import dev.graft.result.CalibrationResult;
import dev.graft.result.PredictionResult;
import dev.graft.result.StrategyResult;
import dev.graft.result.UnknownThreshold;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * All that a network's confidences are asked in one go: temperature, threshold for unknown inputs, worst mistakes.
 *
 * @param temperature what the logits are to be divided by, above 0
 * @param threshold the calibrated confidence below which an image is none of the classes; null if none was chosen
 * @param calibration the temperature's effect on the test data
 * @param unknown the threshold's cost; null if none was chosen
 * @param topLosses the mistakes on the test data, the highest loss first
 */
public record Confidences(
        double temperature,
        @Nullable Double threshold,
        CalibrationResult calibration,
        @Nullable UnknownThreshold unknown,
        List<PredictionResult> topLosses) {
    private static final int LISTED = 24;

    /** Copies the list. */
    public Confidences {
        topLosses = List.copyOf(topLosses);
    }

    /**
     * Fits temperature and threshold on validation data, and measures both on test data.
     *
     * @param validation uncalibrated probabilities on validation examples; null if there are none
     * @param test uncalibrated probabilities on test examples
     * @param allowedShare the largest share of validation examples that may be refused; {@link UnknownInputs#ALLOWED_SHARE}
     *     suits most
     * @param captions what tells a test example from others by its index, such as its file's relative path; may give null
     */
    public static Confidences measure(
            @Nullable Evaluation validation,
            Evaluation test,
            double allowedShare,
            IntFunction<@Nullable String> captions) {
        Calibration calibration = Calibration.fit(validation);
        Evaluation calibrated = calibration.apply(test);
        Evaluation chosenOn = validation == null ? null : calibration.apply(validation);
        Double threshold = UnknownInputs.choose(chosenOn, allowedShare);
        UnknownThreshold unknown = chosenOn == null || threshold == null
                ? null
                : new UnknownThreshold(
                        UnknownThreshold.CONFIDENCE,
                        threshold,
                        allowedShare,
                        UnknownInputs.cost(chosenOn, threshold),
                        UnknownInputs.cost(calibrated, threshold));
        return new Confidences(
                calibration.temperature(),
                threshold,
                calibration.assess(test),
                unknown,
                TopLosses.of(calibrated, LISTED, captions));
    }

    /** Returns these findings with another way to tell unknown examples. */
    public Confidences withUnknown(@Nullable UnknownThreshold other) {
        return new Confidences(temperature, threshold, calibration, other, topLosses);
    }

    /** A row of results with these findings in it. */
    public StrategyResult in(StrategyResult row) {
        return row.withConfidences(calibration, unknown, topLosses);
    }
}
