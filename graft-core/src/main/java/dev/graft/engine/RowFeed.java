package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import dev.graft.feature.Rows;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Gives the engine batches of rows: gathered natively from one resident array where the data fits, read row by row
 * otherwise.
 */
final class RowFeed implements AutoCloseable {
    /** Data up to this size is kept resident: 512 MiB. */
    private static final long RESIDENT_LIMIT_BYTES = 512L << 20;

    private final Rows rows;
    private final NDManager scope;
    private final @Nullable NDArray resident;

    RowFeed(Rows rows) {
        this.rows = rows;
        this.scope = TensorEngine.newScope();
        long bytes = 4L * rows.count() * rows.width();
        this.resident = bytes <= RESIDENT_LIMIT_BYTES ? load() : null;
    }

    int count() {
        return rows.count();
    }

    /** The rows at the given indexes, (batch, width), in the given scope. */
    NDArray batch(NDManager step, int[] indexes) {
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

    private NDArray load() {
        int[] all = new int[rows.count()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        return read(scope, all);
    }

    private NDArray read(NDManager target, int[] indexes) {
        int width = rows.width();
        ByteBuffer buffer = target.allocateDirect(Math.multiplyExact(4, Math.multiplyExact(indexes.length, width)));
        FloatBuffer floats = buffer.asFloatBuffer();
        float[] row = new float[width];
        for (int index : indexes) {
            rows.read(index, row, 0);
            floats.put(row);
        }
        return target.create(buffer, new Shape(indexes.length, width), DataType.FLOAT32);
    }

    @Override
    public void close() {
        scope.close();
    }
}
