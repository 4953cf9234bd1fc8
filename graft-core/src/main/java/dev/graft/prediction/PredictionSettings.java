package dev.graft.prediction;

import dev.graft.error.Problem;
import dev.graft.error.Required;
import dev.graft.error.SettingsException;
import org.jspecify.annotations.Nullable;

/**
 * What a prediction is to say.
 *
 * @param top how many classes to give for each example, at least 1
 * @param rejection how it is told that an example is none of the classes
 * @param threshold the confidence below which it is, where the rejection goes by one; null otherwise
 * @param coverage how often a set of classes, or the interval of a number, shall hold the true one, above 0 and below 1; null for no sets,
 *     and for intervals of 0.9
 */
public record PredictionSettings(
        int top,
        Rejection rejection,
        @Nullable Double threshold,
        @Nullable Double coverage) {
    /** How often the interval of a number holds the true one where nothing else is asked for. */
    static final double USUAL_COVERAGE = 0.9;

    /** How it is told that an example is none of the classes. */
    public enum Rejection {
        /** By the network's own rule: by its distances to the classes, or by its threshold; never if it has neither. */
        OWN,
        /** By a confidence that is given. */
        CONFIDENCE,
        /** Not at all. */
        NONE
    }

    /**
     * Checks the ranges.
     *
     * @throws SettingsException if a number is out of its range, or there is a threshold without use or none for one
     */
    public PredictionSettings {
        Required.setting(rejection, "rejection");
        boolean given = rejection == Rejection.CONFIDENCE;
        if (top < 1
                || given != (threshold != null)
                || (threshold != null && !(threshold >= 0 && threshold <= 1))
                || (coverage != null && !(coverage > 0 && coverage < 1))) {
            throw new SettingsException(Problem.of("A prediction's settings are out of range.")
                    .expected("at least one class, a threshold from 0 to 1 where confidence decides, and a coverage"
                            + " above 0 and below 1")
                    .found("top " + top + ", " + rejection + ", threshold " + threshold + ", coverage " + coverage));
        }
    }

    /** So many classes, rejection by the network's own rule, no sets. */
    public static PredictionSettings top(int count) {
        return new PredictionSettings(count, Rejection.OWN, null, null);
    }

    /** Returns settings by which an example is none of the classes below a confidence; never if it is null. */
    public PredictionSettings withThreshold(@Nullable Double confidence) {
        return new PredictionSettings(
                top, confidence == null ? Rejection.NONE : Rejection.CONFIDENCE, confidence, coverage);
    }

    /** Returns settings with sets of classes that hold the true one so often. */
    public PredictionSettings withCoverage(double share) {
        return new PredictionSettings(top, rejection, threshold, share);
    }
}
