package dev.graft.spark;

/** What several stages' parameters have in common. */
final class InputParams {
    /** The default column to read, as the source {@code binaryFile} calls it. */
    static final String INPUT = "content";

    private InputParams() {}
}
