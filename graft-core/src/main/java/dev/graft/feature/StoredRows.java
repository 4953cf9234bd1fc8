package dev.graft.feature;

import dev.graft.error.ClosedException;
import dev.graft.error.StorageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Rows of one length, in memory or in a file. */
final class StoredRows implements KeptRows {
    private final int count;
    private final int width;
    private final Store store;
    private int appended;
    private volatile boolean closed;

    private StoredRows(int count, int width, Store store) {
        this.count = count;
        this.width = width;
        this.store = store;
    }

    /** Where the rows lie. */
    private interface Store {
        void write(int row, float[] from, int offset, int length);

        void read(int row, float[] target, int offset, int length);

        void close();
    }

    static StoredRows inMemory(int count, int width) {
        return new StoredRows(count, width, new Memory(FloatBuffer.allocate(Math.multiplyExact(count, width))));
    }

    /** Takes the file over. */
    static StoredRows inFile(SpillFile file, int count, int width) {
        return new StoredRows(count, width, new Spilled(file));
    }

    private record Memory(FloatBuffer values) implements Store {
        @Override
        public void write(int row, float[] from, int offset, int length) {
            values.put(row * length, from, offset, length);
        }

        @Override
        public void read(int row, float[] target, int offset, int length) {
            values.get(row * length, target, offset, length);
        }

        @Override
        public void close() {}
    }

    private record Spilled(SpillFile file) implements Store {
        @Override
        public void write(int row, float[] from, int offset, int length) {
            byte[] bytes = new byte[Float.BYTES * length];
            floats(bytes).put(from, offset, length);
            file.write((long) row * bytes.length, bytes);
        }

        @Override
        public void read(int row, float[] target, int offset, int length) {
            byte[] bytes = new byte[Float.BYTES * length];
            file.read((long) row * bytes.length, bytes);
            floats(bytes).get(target, offset, length);
        }

        private static FloatBuffer floats(byte[] bytes) {
            return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
        }

        @Override
        public void close() {
            file.close();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw ClosedException.of("feature cache");
        }
    }

    @Override
    public void append(float[] rows) {
        requireOpen();
        if (rows.length % width != 0 || appended + rows.length / width > count) {
            throw new IllegalStateException("rows of another width, or too many of them");
        }
        for (int offset = 0; offset < rows.length; offset += width) {
            store.write(appended, rows, offset, width);
            appended++;
        }
    }

    @Override
    public void requireComplete() {
        if (appended != count) {
            throw new IllegalStateException(appended + " of " + count + " rows were computed");
        }
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void read(int row, float[] target, int offset) {
        requireOpen();
        try {
            store.read(row, target, offset, width);
        } catch (StorageException e) {
            // It may have been closed meanwhile.
            requireOpen();
            throw e;
        }
    }

    @Override
    public void close() {
        closed = true;
        store.close();
    }
}
