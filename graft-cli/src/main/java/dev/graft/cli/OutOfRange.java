package dev.graft.cli;

import java.util.List;
import picocli.CommandLine.TypeConversionException;

/** An option's value is none that it can have. */
final class OutOfRange extends TypeConversionException {
    private static final long serialVersionUID = 1L;

    private final String expected;
    private final String found;
    private final String meant;

    OutOfRange(String expected, String found) {
        this(expected, found, List.of());
    }

    /** With the names that may have been meant. */
    OutOfRange(String expected, String found, List<String> nearest) {
        super("expected " + expected + ", found " + found);
        this.expected = expected;
        this.found = found;
        this.meant = String.join(" or ", nearest);
    }

    String expected() {
        return expected;
    }

    String found() {
        return found;
    }

    /** The names that may have been meant; empty if there is none. */
    String meant() {
        return meant;
    }
}
