package dev.graft.engine;

import dev.graft.feature.Rows;
import dev.graft.weights.FloatTensor;

/** Rows from one array. */
@SuppressWarnings("ArrayRecordComponent")
record ArrayRows(float[] values, int count) implements Rows {
    static ArrayRows of(FloatTensor tensor) {
        return new ArrayRows(tensor.values(), Math.toIntExact(tensor.shape()[0]));
    }

    @Override
    public int width() {
        return values.length / count;
    }

    @Override
    public void read(int row, float[] target, int offset) {
        System.arraycopy(values, row * width(), target, offset, width());
    }
}
