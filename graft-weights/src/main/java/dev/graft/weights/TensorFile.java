package dev.graft.weights;

import dev.graft.error.WeightsFileException;
import dev.graft.error.WeightsMismatchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of named tensors, in any of the formats that people bring weights in; tensors are read on demand.
 *
 * <p>Opening one checks everything that it promises about names, types, shapes and places before memory is taken for any
 * tensor. Nothing in such a file is ever executed, and it leads to no file outside its folder. Safe to use from many
 * threads; whoever opens it closes it.
 */
public abstract sealed class TensorFile implements AutoCloseable
        permits SafetensorsFile, ShardedSafetensors, OnnxFile, Hdf5File {

    /**
     * Opens a file of whichever format its first bytes say: safetensors, an index of safetensors shards, ONNX or HDF5.
     *
     * @throws WeightsFileException if it is none of these, or not well-formed
     * @throws dev.graft.error.StorageException if it is not there or cannot be read
     */
    public static TensorFile open(Path path) {
        return switch (FileKind.of(path)) {
            case SAFETENSORS -> SafetensorsFile.open(path);
            case SAFETENSORS_INDEX -> ShardedSafetensors.open(path);
            case ONNX -> OnnxFile.open(path);
            case HDF5 -> Hdf5File.open(path);
        };
    }

    /** What the file holds, by name, in the file's order; cannot be changed. */
    public abstract Map<String, TensorInfo> tensors();

    /** Where the tensor of this name lies; for an unknown name, any place that will say so. */
    abstract StoredTensors stored(String name);

    /**
     * Reads one tensor as float32; values that are not finite are taken as they are, and an F64 beyond float32's range
     * becomes infinite.
     *
     * @throws WeightsMismatchException if there is no tensor of this name
     * @throws WeightsFileException if its type is not F16, BF16, F32 or F64, or it has more elements than a Java array
     */
    public FloatTensor read(String name) {
        return stored(name).read(name);
    }

    /**
     * Reads one tensor as float32, and refuses it if a value is NaN or infinite.
     *
     * @throws WeightsMismatchException if there is no tensor of this name
     * @throws WeightsFileException if a value is not finite, or the tensor cannot be read as {@link #read} says
     */
    public FloatTensor readFinite(String name) {
        StoredTensors place = stored(name);
        FloatTensor tensor = place.read(name);
        place.checkFinite(place.find(name), tensor.values());
        return tensor;
    }

    /**
     * Reads one tensor of integers, such as a counter, row-major.
     *
     * @throws WeightsMismatchException if there is no tensor of this name
     * @throws WeightsFileException if its type is not an integer that always fits in {@code long}, or it has more
     *     elements than a Java array
     */
    public long[] readIntegers(String name) {
        return stored(name).readIntegers(name);
    }

    /**
     * Reads all tensors as float32 that the settings do not leave out, and says which those are.
     *
     * @throws WeightsFileException if a tensor holds NaN or infinity and the settings refuse that, or if it cannot be
     *     read as {@link #read} says
     */
    public ReadWeights readAll(ReadSettings settings) {
        List<TensorInfo> ignored = new ArrayList<>();
        List<TensorInfo> wanted = new ArrayList<>();
        for (TensorInfo info : tensors().values()) {
            (settings.ignores(info.name()) ? ignored : wanted).add(info);
        }
        return new ReadWeights(readAll(settings.nonFinite(), wanted), ignored);
    }

    final WeightSet readAll(NonFinite policy, List<TensorInfo> wanted) {
        // All types are checked before the first tensor takes memory.
        wanted.forEach(info -> stored(info.name()).checkReadable(info));
        Map<String, FloatTensor> read = new LinkedHashMap<>();
        for (TensorInfo info : wanted) {
            FloatTensor tensor = read(info.name());
            if (policy == NonFinite.REFUSE) {
                stored(info.name()).checkFinite(info, tensor.values());
            }
            read.put(info.name(), tensor);
        }
        return WeightSet.of(read);
    }

    /** Closes the file. Tensors that were read stay valid. */
    @Override
    public abstract void close();
}
