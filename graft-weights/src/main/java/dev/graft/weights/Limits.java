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

    /** An index names each tensor and its shard, so it is small beside its shards. */
    static final long INDEX_BYTES = 16 * 1024 * 1024;

    static final int SHARDS = 1_000;

    /** Values of ONNX tensors that are not stored as plain elements and so are decoded when the file is opened. */
    static final int VARINT_VALUES = 1_000_000;

    static final int NODES = 100_000;
    static final int NODE_NAMES = 400_000;
    static final int PATH_BYTES = 4 * 1024;

    /** One piece of an HDF5 file's structure; real ones take some kilobytes. */
    static final int HDF5_BLOCK_BYTES = 4 * 1024 * 1024;

    static final int HDF5_PARTS = 200_000;
    static final int HDF5_DEPTH = 32;
    static final int HDF5_TEXTS = 100_000;

    private Limits() {}
}
