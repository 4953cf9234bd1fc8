package dev.graft.weights;

/** Bounds that keep the memory for a header in proportion to the file, far above what real weights need. */
final class Limits {
    /** The safetensors specification's own cap on the header. */
    static final long HEADER_BYTES = 100_000_000;

    static final int TENSORS = 100_000;
    static final int NAME_CHARACTERS = 512;
    static final int RANK = 64;
    static final int METADATA_ENTRIES = 10_000;
    static final int METADATA_CHARACTERS = 16 * 1024 * 1024;

    private Limits() {}
}
