package dev.graft.model;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.targets.Decision;
import dev.graft.targets.NumberErrors;
import org.jspecify.annotations.Nullable;

/**
 * How sure a network may be of what it says.
 *
 * @param temperature what its logits are divided by, from 0.01 to 100; 1, the default, leaves them as they are
 * @param threshold the confidence below which an image is none of the classes, above 0 and below 1; null, the default,
 *     for none
 * @param decision from which probability on an example is said to have a label, of several labels
 * @param errors how far numbers were off on held-out examples, of which intervals are made; null where that is not known
 */
public record Confidence(
        double temperature,
        @Nullable Double threshold,
        Decision decision,
        @Nullable NumberErrors errors) {
    /** Confidences as the network gives them, and an answer for every image. */
    public static final Confidence RAW = new Confidence(1, null);

    private static final double LOWEST = 0.01;
    private static final double HIGHEST = 100;

    /** Of classes. */
    public Confidence(double temperature, @Nullable Double threshold) {
        this(temperature, threshold, Decision.USUAL, null);
    }

    /** Returns a copy with other thresholds of labels. */
    public Confidence withDecision(Decision other) {
        return new Confidence(temperature, threshold, other, errors);
    }

    /** Returns a copy with the errors of numbers on held-out examples. */
    public Confidence withErrors(@Nullable NumberErrors known) {
        return new Confidence(temperature, threshold, decision, known);
    }

    /**
     * Checks the ranges.
     *
     * @throws SettingsException if a number is out of its range
     */
    public Confidence {
        if (!(temperature >= LOWEST && temperature <= HIGHEST)) {
            throw new SettingsException(Problem.of("A temperature is out of range.")
                    .expected("a temperature from " + LOWEST + " to " + HIGHEST)
                    .found(temperature)
                    .fix("use 1 to leave confidences as they are"));
        }
        if (threshold != null && !(threshold > 0 && threshold < 1)) {
            throw new SettingsException(Problem.of("A confidence threshold is out of range.")
                    .expected("a threshold above 0 and below 1, or none")
                    .found(threshold)
                    .fix("leave it out to have an answer for every image"));
        }
    }

    /** Divides logits by the temperature, in place. */
    public float[] tempered(float[] logits) {
        for (int i = 0; temperature != 1 && i < logits.length; i++) {
            logits[i] = (float) (logits[i] / temperature);
        }
        return logits;
    }
}
