package dev.graft.weights;

import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import dev.graft.error.WeightsMismatchException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A safetensors file whose header was checked; tensors are read on demand.
 *
 * <p>Opening checks everything that the header promises against the size of the file, before memory is taken for any
 * tensor. Nothing in such a file is ever executed. Safe to use from many threads; whoever opens it closes it.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">The format</a>
 */
public final class SafetensorsFile implements AutoCloseable {
    private static final int CHUNK_BYTES = 256 * 1024;
    /** The longest array that every Java machine can make. */
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final ByteSource source;
    private final SafetensorsHeader header;

    private SafetensorsFile(ByteSource source, SafetensorsHeader header) {
        this.source = source;
        this.header = header;
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
    public Map<String, TensorInfo> tensors() {
        return Collections.unmodifiableMap(header.tensors());
    }

    /**
     * Reads one tensor as float32; values that are not finite are taken as they are, and an F64 beyond float32's range
     * becomes infinite.
     *
     * @throws WeightsMismatchException if there is no tensor of this name
     * @throws WeightsFileException if its type is not F16, BF16, F32 or F64, or it has more elements than a Java array
     */
    public FloatTensor read(String name) {
        TensorInfo info = header.tensors().get(name);
        if (info == null) {
            throw new WeightsMismatchException(Problem.of(
                            "There is no tensor " + Names.quote(name) + " in " + Names.quoteFile(source.name()) + ".")
                    .found(header.tensors().size() + " tensors")
                    .with("nearest", nearest(name))
                    .fix("ask for one of the names it has"));
        }
        checkReadable(info);
        long[] shape = info.shape();
        float[] values = new float[(int) info.elements()];
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, info.end() - info.begin()))
                .order(ByteOrder.LITTLE_ENDIAN);
        int bytes = info.type().bytes();
        int step = CHUNK_BYTES / bytes;
        for (int from = 0; from < values.length; from += step) {
            int count = Math.min(step, values.length - from);
            chunk.clear().limit(count * bytes);
            source.read(position(info, from), chunk);
            FloatDecoder.decode(info.type(), chunk.flip(), values, from, count);
        }
        return new FloatTensor(shape, values);
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
        // All types are checked before the first tensor takes memory.
        for (TensorInfo info : header.tensors().values()) {
            if (filter.test(info)) {
                checkReadable(info);
            }
        }
        Map<String, FloatTensor> read = new LinkedHashMap<>();
        for (TensorInfo info : header.tensors().values()) {
            if (filter.test(info)) {
                FloatTensor tensor = read(info.name());
                if (policy == NonFinite.REFUSE) {
                    checkFinite(info, tensor.values());
                }
                read.put(info.name(), tensor);
            }
        }
        return WeightSet.of(read);
    }

    /** Closes the file. Tensors that were read stay valid. */
    @Override
    public void close() {
        source.close();
    }

    private void checkReadable(TensorInfo info) {
        if (!info.type().readsAsFloat32()) {
            throw new WeightsFileException(problem(info, "a tensor's type does not read as float32", 0)
                    .expected("F16, BF16, F32 or F64")
                    .found(info.type() + " " + Shapes.text(info.shape()))
                    .fix("leave this tensor out, or convert it before the file is written"));
        }
        if (info.elements() > LARGEST_ARRAY) {
            throw new WeightsFileException(problem(info, "a tensor has more elements than a Java array can", 0)
                    .expected("at most " + LARGEST_ARRAY + " elements")
                    .found(info.elements() + " elements, " + info.type() + " " + Shapes.text(info.shape()))
                    .fix("split this tensor before the file is written"));
        }
    }

    private void checkFinite(TensorInfo info, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new WeightsFileException(
                        problem(info, "a weight is not a finite float32 number", i)
                                .expected("finite values, as a network that trained well has")
                                .found(values[i] + " at element " + i + " of " + values.length)
                                .fix(
                                        "use weights from before the training diverged; to read them anyway, allow NaN and infinity"));
            }
        }
    }

    private Problem problem(TensorInfo info, String rule, int element) {
        return source.problem(rule).with("tensor", Names.quote(info.name())).where("byte " + position(info, element));
    }

    private long position(TensorInfo info, int element) {
        return header.dataBegin() + info.begin() + (long) element * info.type().bytes();
    }

    private String nearest(String name) {
        return Names.nearest(name, header.tensors().keySet()).stream()
                .map(Names::quote)
                .collect(Collectors.joining(", "));
    }
}
