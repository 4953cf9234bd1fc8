package dev.graft.feature;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.layer.ActivationShape;
import java.util.Arrays;

/**
 * How a feature map or a sequence becomes a vector: statistics of each channel over the places of the map, or over the
 * tokens that the example has. A vector stays as it is.
 */
public enum Pooling {
    /** The whole map, flattened, channels outermost; not for sequences, which differ in length. */
    NONE("none", 0),
    /** The mean of each channel. */
    MEAN("mean", 1),
    /** The maximum of each channel. */
    MAX("max", 1),
    /** All means, then all maxima. */
    MEAN_MAX("mean+max", 2),
    /** All means, then all maxima, then all (population) standard deviations. */
    MEAN_MAX_STD("mean+max+std", 3),
    /**
     * The mean of each channel over each quarter of the map: upper left, upper right, lower left, lower right; where a
     * side is odd, the middle belongs to both halves. Keeps roughly where something is; not for sequences.
     */
    QUADRANTS("quadrants", 4);

    private final String label;
    private final int statistics;

    Pooling(String label, int statistics) {
        this.label = label;
        this.statistics = statistics;
    }

    /** The name in options and results, such as {@code mean+max+std}. */
    public String label() {
        return label;
    }

    /**
     * The length of the vector that pooling makes of such an activation.
     *
     * @throws SettingsException if a sequence is to be taken whole, or in quarters
     */
    public int features(ActivationShape shape) {
        if (shape.isSequence() && !poolsSequences()) {
            throw new SettingsException(Problem.of(
                            this == NONE
                                    ? "A sequence of tokens cannot be taken whole: texts differ in length."
                                    : "A sequence of tokens has no quarters: only maps have.")
                    .expected(MEAN.label + ", " + MAX.label + ", " + MEAN_MAX.label + " or " + MEAN_MAX_STD.label)
                    .found(label)
                    .fix("pool the tokens, or cut at a stage that gives one vector, such as 'pooled'"));
        }
        return !shape.hasPlaces() || this == NONE ? shape.elements() : statistics * shape.channels();
    }

    private boolean poolsSequences() {
        return this != NONE && this != QUADRANTS;
    }

    /**
     * The pooling of that name.
     *
     * @throws SettingsException if there is none; the message lists them
     */
    public static Pooling named(String label) {
        return Arrays.stream(values())
                .filter(pooling -> pooling.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new SettingsException(Problem.of("There is no pooling of that name.")
                        .expected(String.join(
                                ", ",
                                Arrays.stream(values()).map(Pooling::label).toList()))
                        .found(label)));
    }
}
