package dev.graft.backbone;

import dev.graft.data.TableCoding;
import java.util.List;

/** Coded columns as a network without weights, so that a branch of numbers is a branch like any other. */
public final class Tabular {
    /** The stage whose output are the coded columns. */
    public static final String VALUES = "values";

    private Tabular() {}

    /** A network that passes its input on. */
    public static Architecture architecture(String id, TableCoding coding) {
        // The last stage stands where a source model has its classifier, which is never used.
        return new Architecture(
                id, coding, List.of(Stage.of(VALUES), Stage.of("unused")), Initialization.GLOROT_UNIFORM);
    }
}
