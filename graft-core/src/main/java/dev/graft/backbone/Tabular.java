package dev.graft.backbone;

import dev.graft.layer.Stage;
import dev.graft.preparation.Preparation;
import java.util.List;

/**
 * Examples that are numbers already, such as coded columns or counts of words, as a network without weights: so that a branch
 * of numbers is a branch like any other, and a head on counted words a network like any other.
 */
public final class Tabular {
    /** The stage whose output are the numbers. */
    public static final String VALUES = "values";

    private Tabular() {}

    /** A network that passes its input on. */
    public static Architecture architecture(String id, Preparation coding) {
        // The last stage stands where a source model has its classifier, which is never used.
        return new Architecture(
                id, coding, List.of(Stage.of(VALUES), Stage.of("unused")), Initialization.GLOROT_UNIFORM);
    }
}
