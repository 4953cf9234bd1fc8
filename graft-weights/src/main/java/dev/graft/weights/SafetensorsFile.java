package dev.graft.weights;

import dev.graft.error.WeightsFileException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A safetensors file whose header was checked; tensors are read on demand.
 *
 * <p>Opening checks everything that the header promises against the size of the file, before memory is taken for any
 * tensor. Nothing in such a file is ever executed. Safe to use from many threads; whoever opens it closes it.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">The format</a>
 */
public final class SafetensorsFile extends TensorFile {
    private final SafetensorsHeader header;
    private final StoredTensors stored;

    private SafetensorsFile(ByteSource source, SafetensorsHeader header) {
        this.header = header;
        this.stored = new StoredTensors(source, header.tensors(), header.dataBegin());
    }

    /**
     * Opens a file and checks its header. Files may be larger than 2 GiB.
     *
     * @throws WeightsFileException if it is not a well-formed safetensors file
     * @throws dev.graft.error.StorageException if it is not there or cannot be read
     */
    public static SafetensorsFile open(Path path) {
        ByteSource source = FileSource.open(path);
        try {
            return new SafetensorsFile(source, SafetensorsHeader.read(source));
        } catch (RuntimeException | Error e) {
            source.close();
            throw e;
        }
    }

    /**
     * Checks the header of a file that is in memory, such as a resource.
     *
     * @param content the whole file; not copied, so leave it unchanged while tensors are read
     * @param displayName what to call it in messages
     * @throws WeightsFileException if it is not a well-formed safetensors file
     */
    public static SafetensorsFile parse(byte[] content, String displayName) {
        return parse(ByteBuffer.wrap(content), displayName);
    }

    /**
     * Checks the header of a file that is in memory, from the buffer's position to its limit.
     *
     * @param content the whole file; not copied, so leave it unchanged while tensors are read
     * @param displayName what to call it in messages
     * @throws WeightsFileException if it is not a well-formed safetensors file
     */
    public static SafetensorsFile parse(ByteBuffer content, String displayName) {
        ByteSource source = new MemorySource(displayName, content);
        return new SafetensorsFile(source, SafetensorsHeader.read(source));
    }

    /** The text that the file carries about itself; empty if none; cannot be changed. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(header.metadata());
    }

    /** What the file holds, by name, in the order of the data; cannot be changed. */
    @Override
    public Map<String, TensorInfo> tensors() {
        return stored.byName();
    }

    @Override
    StoredTensors stored(String name) {
        return stored;
    }

    /**
     * Reads all tensors as float32.
     *
     * @throws WeightsFileException if a tensor holds NaN or infinity, or cannot be read as {@link #read} says
     */
    public WeightSet readAll() {
        return readAll(NonFinite.REFUSE);
    }

    /**
     * Reads all tensors as float32.
     *
     * @throws WeightsFileException if a tensor holds NaN or infinity and the policy refuses that, or if it cannot be
     *     read as {@link #read} says
     */
    public WeightSet readAll(NonFinite policy) {
        return readAll(policy, info -> true);
    }

    /**
     * Reads those tensors as float32 that the filter accepts: for instance not the integer counters that some
     * frameworks keep beside the weights.
     *
     * @throws WeightsFileException if an accepted tensor holds NaN or infinity and the policy refuses that, or if it
     *     cannot be read as {@link #read} says
     */
    public WeightSet readAll(NonFinite policy, Predicate<TensorInfo> filter) {
        return readAll(policy, tensors().values().stream().filter(filter).toList());
    }

    @Override
    public void close() {
        stored.close();
    }
}
