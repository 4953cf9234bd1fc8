package dev.graft.weights;

import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import dev.graft.error.WeightsMismatchException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tensors that lie in a file as plain little-endian elements, one range of bytes each.
 *
 * <p>Whoever makes one has checked that every range lies inside the file and has the size that type and shape call for.
 */
final class StoredTensors {
    private static final int CHUNK_BYTES = 256 * 1024;
    /** The longest array that every Java machine can make. */
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final ByteSource source;
    private final Map<String, TensorInfo> tensors;
    private final long dataBegin;

    /** Tensors whose ranges count from the given position of the source. */
    StoredTensors(ByteSource source, Map<String, TensorInfo> tensors, long dataBegin) {
        this.source = source;
        this.tensors = Collections.unmodifiableMap(tensors);
        this.dataBegin = dataBegin;
    }

    Map<String, TensorInfo> byName() {
        return tensors;
    }

    void close() {
        source.close();
    }

    FloatTensor read(String name) {
        TensorInfo info = find(name);
        checkReadable(info);
        float[] values = new float[(int) info.elements()];
        readChunks(info, (chunk, from, count) -> FloatDecoder.decode(info.type(), chunk, values, from, count));
        return new FloatTensor(info.shape(), values);
    }

    long[] readIntegers(String name) {
        TensorInfo info = find(name);
        if (!IntegerDecoder.decodes(info.type())) {
            throw new WeightsFileException(problem(info, "a tensor's type does not read as integers", 0)
                    .expected("BOOL, U8, I8, U16, I16, U32, I32 or I64")
                    .found(info.type() + " " + Shapes.text(info.shape()))
                    .fix("read it as float32, or leave it out"));
        }
        checkLength(info);
        long[] values = new long[(int) info.elements()];
        readChunks(info, (chunk, from, count) -> IntegerDecoder.decode(info.type(), chunk, values, from, count));
        return values;
    }

    /** Takes some elements' bytes; {@code from} is the first element's index. */
    private interface ChunkReader {
        void accept(ByteBuffer chunk, int from, int count);
    }

    private void readChunks(TensorInfo info, ChunkReader reader) {
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, info.end() - info.begin()))
                .order(ByteOrder.LITTLE_ENDIAN);
        int elements = (int) info.elements();
        int bytes = info.type().bytes();
        int step = CHUNK_BYTES / bytes;
        for (int from = 0; from < elements; from += step) {
            int count = Math.min(step, elements - from);
            chunk.clear().limit(count * bytes);
            source.read(position(info, from), chunk);
            reader.accept(chunk.flip(), from, count);
        }
    }

    TensorInfo find(String name) {
        TensorInfo info = tensors.get(name);
        if (info == null) {
            Problem problem = Problem.of(
                            "There is no tensor " + Names.quote(name) + " in " + Names.quoteFile(source.name()) + ".")
                    .found(tensors.size() + " tensors");
            String nearest = Names.nearest(name, tensors.keySet()).stream()
                    .map(Names::quote)
                    .collect(Collectors.joining(", "));
            throw new WeightsMismatchException(problem.with("nearest", nearest).fix("ask for one of the names it has"));
        }
        return info;
    }

    /** Checks that {@link #read} can take this tensor, before any memory is taken for it. */
    void checkReadable(TensorInfo info) {
        if (!info.type().readsAsFloat32()) {
            throw new WeightsFileException(problem(info, "a tensor's type does not read as float32", 0)
                    .expected("F16, BF16, F32 or F64")
                    .found(info.type() + " " + Shapes.text(info.shape()))
                    .fix("leave this tensor out, or convert it before the file is written"));
        }
        checkLength(info);
    }

    private void checkLength(TensorInfo info) {
        if (info.elements() > LARGEST_ARRAY) {
            throw new WeightsFileException(problem(info, "a tensor has more elements than a Java array can", 0)
                    .expected("at most " + LARGEST_ARRAY + " elements")
                    .found(info.elements() + " elements, " + info.type() + " " + Shapes.text(info.shape()))
                    .fix("split this tensor before the file is written"));
        }
    }

    void checkFinite(TensorInfo info, float[] values) {
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
        return dataBegin + info.begin() + (long) element * info.type().bytes();
    }
}
