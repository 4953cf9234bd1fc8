package dev.graft.optimization;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;

/** What a stretch of training brings down. */
public sealed interface Objective {
    /**
     * The cross-entropy between the head's logits and the labels.
     *
     * @param labelSmoothing the share of each label that is spread evenly over all classes, 0 to below 1 (Szegedy et al. 2016,
     *     arXiv 1512.00567)
     */
    record Classes(double labelSmoothing) implements Objective {
        /** Checks the range. */
        public Classes {
            if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
                throw new SettingsException(Problem.of("Label smoothing is a share of the label.")
                        .expected("0 to below 1")
                        .found(labelSmoothing));
            }
        }
    }

    /**
     * The {@link PairSimilarity} of the features that the head would receive: those of one class alike, those of two not. The
     * head has no part in it.
     */
    record Pairs() implements Objective {}

    /** Cross-entropy with labels as they are. */
    static Objective classes() {
        return new Classes(0);
    }

    /** The similarity of pairs. */
    static Objective pairs() {
        return new Pairs();
    }
}
