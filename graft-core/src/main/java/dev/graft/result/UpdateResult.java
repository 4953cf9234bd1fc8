package dev.graft.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a network whose classes were added to, without the examples that it had learned from.
 *
 * @param measure of the scores below: accuracy, or the main measure of labels, numbers or grades
 * @param added the classes or labels that it did not know before
 * @param examples how many examples were added
 * @param heldOut how many held-out examples the scores below are of, old and new ones
 * @param exact whether the network is what a fit of the same head on all examples would give, but for rounding: so it is where
 *     the old one was made so itself
 * @param oldBefore the old network's score on the old held-out examples, at most 1; null without any
 * @param oldAfter the new one's on them
 * @param newAfter the new one's on the held-out added examples; null without any
 */
public record UpdateResult(
        String measure,
        List<String> added,
        int examples,
        int heldOut,
        boolean exact,
        @Nullable Double oldBefore,
        @Nullable Double oldAfter,
        @Nullable Double newAfter) {
    /** Copies the list. */
    public UpdateResult {
        added = List.copyOf(added);
    }
}
