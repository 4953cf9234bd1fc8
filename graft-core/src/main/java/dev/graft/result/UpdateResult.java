package dev.graft.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a network whose classes were added to, without the examples that it had learned from.
 *
 * @param added the classes that it did not know before
 * @param examples how many examples were added
 * @param heldOut how many held-out examples the shares below are of, old and new ones
 * @param exact whether the network is what a fit of the same head on all examples would give, but for rounding: so it is where
 *     the old one was made so itself
 * @param oldBefore the share of the old held-out examples that the old network had right, 0 to 1; null without any
 * @param oldAfter the share of them that the new one has right
 * @param newAfter the share of the held-out added examples that the new one has right; null without any
 */
public record UpdateResult(
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
