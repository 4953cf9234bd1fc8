package dev.graft.weights;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The formats other than safetensors, each with its folders of good and of bad files. */
enum Reader {
    ONNX("onnx", ".onnx") {
        @Override
        TensorFile open(Path path) {
            return OnnxFile.open(path);
        }

        @Override
        TensorFile parse(byte[] content, String name) {
            return OnnxFile.parse(ByteBuffer.wrap(content), name);
        }
    },
    HDF5("hdf5", ".h5") {
        @Override
        TensorFile open(Path path) {
            return Hdf5File.open(path);
        }

        @Override
        TensorFile parse(byte[] content, String name) {
            return Hdf5File.parse(ByteBuffer.wrap(content), name);
        }
    };

    private final String folder;
    private final String extension;

    Reader(String folder, String extension) {
        this.folder = folder;
        this.extension = extension;
    }

    String goodFolder() {
        return folder;
    }

    String badFolder() {
        return "crashers-" + folder;
    }

    boolean reads(Path path) {
        return path.toString().endsWith(extension);
    }

    abstract TensorFile open(Path path);

    abstract TensorFile parse(byte[] content, String name);
}
