package dev.graft.engine;

import dev.graft.backbone.Architecture;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import java.util.List;

/**
 * A place where a network's activation is taken out.
 *
 * @param stage the stage whose output is taken
 * @param pooling how it becomes a vector
 */
public record Tap(String stage, Pooling pooling) {
    /** The taps of a cut, in the network's order. */
    public static List<Tap> at(Architecture architecture, Cut cut) {
        return cut.ordered(architecture).stream()
                .map(place -> new Tap(place.stage(), place.pooling()))
                .toList();
    }
}
