package dev.graft.preparation;

import java.util.List;

/**
 * How an example becomes the numbers that a network takes. It travels with the network's weights. Its {@code toString}
 * says everything that the numbers depend on beside the example: it is part of the feature cache's key.
 */
public interface Preparation {
    /** The axes of one prepared example: (channels, height, width) of an image, (tokens, 1) of a text. */
    List<Integer> axes();
}
