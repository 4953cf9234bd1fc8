package dev.graft.targets;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.List;

/**
 * From which probability on an example is said to have a label.
 *
 * @param thresholds one for each label, from 0 to 1; empty for 0.5 each, and for other kinds of targets
 */
public record Decision(List<Double> thresholds) {
    /** Every label from a half on. */
    public static final Decision USUAL = new Decision(List.of());

    private static final double HALF = 0.5;

    /** Copies the list, and checks the ranges. */
    public Decision {
        thresholds = List.copyOf(thresholds);
        for (double threshold : thresholds) {
            if (!(threshold >= 0 && threshold <= 1)) {
                throw new SettingsException(Problem.of("A label's threshold is out of range.")
                        .expected("a probability from 0 to 1")
                        .found(threshold));
            }
        }
    }

    /** The threshold of a label. */
    public double threshold(int label) {
        return thresholds.isEmpty() ? HALF : thresholds.get(label);
    }

    /** Whether an example with that probability has a label. */
    public boolean has(int label, double probability) {
        return probability >= threshold(label);
    }
}
