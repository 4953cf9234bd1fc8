package dev.graft.preparation;

import java.util.List;

/**
 * How an example becomes the numbers that a network takes. It travels with the network's weights.
 */
public interface Preparation {
    /** The axes of one prepared example: (channels, height, width) of an image, (tokens, 1) of a text. */
    List<Integer> axes();

    /**
     * Everything that the numbers depend on beside the example, written out: two preparations with equal fingerprints make the same
     * numbers of every example. Features that were computed before are found by it.
     */
    String fingerprint();
}
