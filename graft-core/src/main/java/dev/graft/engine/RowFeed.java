package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import dev.graft.feature.Rows;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Gives the engine batches of rows: gathered natively from one resident array, or read row by row, the next batch while
 * the engine works on this one. May be closed while it is used.
 */
final class RowFeed implements AutoCloseable {
    /** Rows that are read again and again are kept resident up to this size: 512 MiB. */
    private static final long RESIDENT_LIMIT_BYTES = 512L << 20;

    /** Wider rows than 16 KiB are read anew each time: beside what is computed of one, that costs next to nothing. */
    private static final int WIDEST_RESIDENT = 4096;

    private static final int ROWS_AT_ONCE = 256;

    private final Rows rows;
    private final NDManager scope;
    private final Lifetime lifetime;
    private final @Nullable NDArray resident;
    private int @Nullable [] announced;
    private @Nullable Ahead ahead;

    /** A batch that is being read. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Ahead(int[] indexes, CompletableFuture<float[]> values) {}

    private RowFeed(Rows rows, boolean keep) {
        this.rows = rows;
        this.scope = TensorEngine.newScope();
        this.lifetime = new Lifetime("set of examples", scope::close);
        this.resident = keep ? Lifetime.inScope(scope, this::readAll) : null;
    }

    /** A feed of rows that are read in every epoch: resident where they fit. */
    static RowFeed repeated(Rows rows) {
        return new RowFeed(
                rows, rows.width() <= WIDEST_RESIDENT && 4L * rows.count() * rows.width() <= RESIDENT_LIMIT_BYTES);
    }

    /** A feed of rows that are read once. */
    static RowFeed once(Rows rows) {
        return new RowFeed(rows, false);
    }

    int count() {
        return rows.count();
    }

    /** Says which batch is asked for after the next one, so that it can be read in the meantime. */
    void announce(int[] indexes) {
        announced = indexes;
    }

    /** The rows at the given indexes, (batch, width), in the given scope; sequences may be cut where the longest ends. */
    NDArray batch(NDManager step, int[] indexes) {
        return lifetime.during(() -> gathered(step, indexes));
    }

    private NDArray gathered(NDManager step, int[] indexes) {
        if (resident == null) {
            return read(step, indexes);
        }
        long[] places = new long[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            places[i] = indexes[i];
        }
        NDArray index = step.create(places);
        return index.getNDArrayInternal()
                .embedding(index, resident, SparseFormat.DENSE)
                .singletonOrThrow();
    }

    /** Bit by bit, so that the rows are never in memory twice. */
    private NDArray readAll() {
        int count = rows.count();
        ByteBuffer buffer = scope.allocateDirect(Math.multiplyExact(4, Math.multiplyExact(count, rows.width())));
        FloatBuffer floats = buffer.asFloatBuffer();
        for (int from = 0; from < count; from += ROWS_AT_ONCE) {
            floats.put(all(from, Math.min(count, from + ROWS_AT_ONCE)));
        }
        return scope.create(buffer, new Shape(count, rows.width()), DataType.FLOAT32);
    }

    private float[] all(int from, int to) {
        float[] values = new float[Math.multiplyExact(to - from, rows.width())];
        rows.read(IntStream.range(from, to).toArray(), values);
        return values;
    }

    private NDArray read(NDManager target, int[] indexes) {
        float[] values = taken(indexes);
        if (announced != null) {
            int[] next = announced;
            ahead = new Ahead(next, CompletableFuture.supplyAsync(() -> rows.values(next)));
            announced = null;
        }
        ByteBuffer buffer = target.allocateDirect(Math.multiplyExact(4, values.length));
        buffer.asFloatBuffer().put(values);
        return target.create(buffer, new Shape(indexes.length, values.length / indexes.length), DataType.FLOAT32);
    }

    private float[] taken(int[] indexes) {
        Ahead started = ahead;
        ahead = null;
        if (started == null || !Arrays.equals(started.indexes(), indexes)) {
            return rows.values(indexes);
        }
        try {
            return started.values().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        Ahead started = ahead;
        if (started != null) {
            started.values().cancel(false);
        }
        lifetime.close();
    }
}
