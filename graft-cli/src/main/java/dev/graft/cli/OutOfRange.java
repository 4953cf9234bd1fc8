package dev.graft.cli;

import picocli.CommandLine.TypeConversionException;

/** An option's value is none that it can have. */
final class OutOfRange extends TypeConversionException {
    private static final long serialVersionUID = 1L;

    private final String expected;
    private final String found;

    OutOfRange(String expected, String found) {
        super("expected " + expected + ", found " + found);
        this.expected = expected;
        this.found = found;
    }

    String expected() {
        return expected;
    }

    String found() {
        return found;
    }
}
