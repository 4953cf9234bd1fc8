package dev.graft.weights;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The formats that are read, told apart by a file's first bytes. */
enum FileKind {
    SAFETENSORS,
    SAFETENSORS_INDEX,
    ONNX,
    HDF5;

    private static final int LOOKED_AT = 16;

    /** The kind of a file; safetensors if it looks like none, for that reader knows what else a file may be. */
    static FileKind of(Path path) {
        String name = String.valueOf(path.getFileName());
        try (ByteSource source = FileSource.open(path)) {
            byte[] start = new byte[(int) Math.min(LOOKED_AT, source.size())];
            source.read(0, ByteBuffer.wrap(start));
            if (Hdf5Superblock.isSignature(start)) {
                return HDF5;
            }
            if (name.endsWith(".onnx") || (!name.endsWith(".safetensors") && ForeignFormat.looksLikeOnnx(start))) {
                return ONNX;
            }
            return name.endsWith(".json") && start.length > 0 && start[0] == '{' ? SAFETENSORS_INDEX : SAFETENSORS;
        }
    }
}
