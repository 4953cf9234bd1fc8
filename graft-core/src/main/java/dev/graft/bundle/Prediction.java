package dev.graft.bundle;

import java.util.List;

/**
 * What a network says of one image.
 *
 * @param label the most probable class's name
 * @param confidence its calibrated probability, 0 to 1
 * @param top the most probable classes, the first of them this one
 * @param noneOfThese whether the confidence lies under the threshold: the image is likely none of the classes
 */
public record Prediction(String label, double confidence, List<Candidate> top, boolean noneOfThese) {
    /** Copies the list. */
    public Prediction {
        top = List.copyOf(top);
    }

    /**
     * A class that an image may be of.
     *
     * @param label its name
     * @param confidence its calibrated probability, 0 to 1
     */
    public record Candidate(String label, double confidence) {}
}
