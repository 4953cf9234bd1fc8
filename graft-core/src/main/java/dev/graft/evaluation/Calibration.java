package dev.graft.evaluation;

import dev.graft.result.CalibrationResult;
import dev.graft.result.ReliabilityBin;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A temperature that makes confidences honest: logits are divided by it before the softmax (Guo et al., "On Calibration of
 * Modern Neural Networks", 2017, arXiv 1706.04599). It changes no prediction, only how sure the network says it is.
 *
 * @param temperature what logits are divided by, above 0; 1 leaves them as they are
 * @param fittedOn the validation examples that it was fitted on; 0 if it was not fitted
 * @param note why it was not fitted, a sentence; empty if it was
 */
public record Calibration(double temperature, int fittedOn, String note) {
    /** Fewer examples say more about themselves than about the temperature. */
    static final int FEWEST_EXAMPLES = 20;

    /**
     * Fits a temperature to validation data by its cross-entropy. Where there is too little to go by (fewer than 20
     * examples, not one mistake, or no better than guessing), it is 1 and the note says so.
     *
     * @param validation probabilities that no temperature was applied to, on examples that were neither trained nor tested
     *     on; null if there are none
     */
    public static Calibration fit(@Nullable Evaluation validation) {
        int examples = validation == null ? 0 : validation.truth().length;
        if (validation == null || examples == 0) {
            return none("The confidences are not calibrated: there is no validation data.");
        }
        if (examples < FEWEST_EXAMPLES) {
            return none(String.format(
                    Locale.ROOT,
                    "The confidences are not calibrated: %d validation examples are too few, at least %d are needed.",
                    examples,
                    FEWEST_EXAMPLES));
        }
        TemperatureSearch search = new TemperatureSearch(validation);
        if (search.tooCold()) {
            return none("The confidences are not calibrated: with hardly a mistake on the validation data, nothing says"
                    + " how sure the network should be.");
        }
        if (search.tooHot()) {
            return none("The confidences are not calibrated: on the validation data the network is no better than"
                    + " guessing.");
        }
        return new Calibration(search.temperature(), examples, "");
    }

    /** Leaves confidences as they are. */
    public static Calibration none(String note) {
        return new Calibration(1, 0, note);
    }

    /** Calibrates the probabilities of predictions. */
    public Evaluation apply(Evaluation raw) {
        if (temperature == 1) {
            return raw;
        }
        float[][] probabilities = new float[raw.probabilities().length][];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = scaled(raw.probabilities()[i]);
        }
        return new Evaluation(probabilities, raw.targets(), raw.decision());
    }

    /** Measures what the temperature does on test data, whose probabilities it was not applied to yet. */
    public CalibrationResult assess(Evaluation test) {
        Evaluation calibrated = apply(test);
        List<ReliabilityBin> before = Reliability.bins(test);
        List<ReliabilityBin> after = Reliability.bins(calibrated);
        return new CalibrationResult(
                temperature,
                fittedOn,
                note,
                test.truth().length,
                Reliability.expectedCalibrationError(before),
                Reliability.expectedCalibrationError(after),
                test.loss(),
                calibrated.loss(),
                before,
                after);
    }

    private float[] scaled(float[] row) {
        double[] logits = TemperatureSearch.logits(row);
        double sum = 0;
        for (int c = 0; c < logits.length; c++) {
            logits[c] = Math.exp(logits[c] / temperature);
            sum += logits[c];
        }
        float[] scaled = new float[row.length];
        for (int c = 0; c < row.length; c++) {
            scaled[c] = (float) (logits[c] / sum);
        }
        return scaled;
    }
}
