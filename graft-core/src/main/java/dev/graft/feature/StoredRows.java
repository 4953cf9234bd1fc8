package dev.graft.feature;

import dev.graft.error.ClosedException;
import dev.graft.error.Problem;
import dev.graft.error.StorageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Rows that are appended once and then read, in memory or in a file. */
final class StoredRows implements Rows, AutoCloseable {
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
    static StoredRows inFile(Path file, int count, int width) throws IOException {
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

    /**
     * A file that is read row by row, not mapped: the pages of a mapping would count as this process's memory, and a full disk
     * would end the process. It is no channel either, which a thread that is interrupted would close for all.
     *
     * <p>Where the system lets go of the name of an open file, that is done at once, so that nothing remains however the process
     * ends; elsewhere the file is deleted on close.
     */
    private static final class Spilled implements Store {
        private final RandomAccessFile content;
        private final Path path;
        private final @Nullable Path left;

        Spilled(Path file) throws IOException {
            path = file;
            try {
                content = new RandomAccessFile(file.toFile(), "rw");
            } catch (IOException e) {
                Files.deleteIfExists(file);
                throw e;
            }
            left = nameIsGone(file) ? null : file;
        }

        private static boolean nameIsGone(Path file) {
            try {
                return Files.deleteIfExists(file);
            } catch (IOException e) {
                // Windows keeps what is open.
                return false;
            }
        }

        @Override
        public void write(int row, float[] from, int offset, int length) {
            byte[] bytes = new byte[Float.BYTES * length];
            floats(bytes).put(from, offset, length);
            synchronized (content) {
                try {
                    content.seek((long) row * bytes.length);
                    content.write(bytes);
                } catch (IOException e) {
                    throw failed("The feature cache cannot write its file.", e);
                }
            }
        }

        @Override
        public void read(int row, float[] target, int offset, int length) {
            byte[] bytes = new byte[Float.BYTES * length];
            synchronized (content) {
                try {
                    content.seek((long) row * bytes.length);
                    content.readFully(bytes);
                } catch (IOException e) {
                    throw failed("The feature cache cannot read its file.", e);
                }
            }
            floats(bytes).get(target, offset, length);
        }

        private static FloatBuffer floats(byte[] bytes) {
            return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
        }

        private StorageException failed(String what, IOException cause) {
            return new StorageException(
                    Problem.of(what)
                            .where(path)
                            .found(cause)
                            .fix("free some space, or set -Djava.io.tmpdir to another disk"),
                    cause);
        }

        @Override
        public void close() {
            try {
                synchronized (content) {
                    content.close();
                }
                if (left != null) {
                    Files.deleteIfExists(left);
                }
            } catch (IOException e) {
                throw new StorageException(
                        Problem.of("The file of a feature cache cannot be deleted.")
                                .where(path)
                                .found(e)
                                .fix("delete it by hand when no program uses it any longer"),
                        e);
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw ClosedException.of("feature cache");
        }
    }

    void append(float[] rows) {
        requireOpen();
        if (rows.length % width != 0 || appended + rows.length / width > count) {
            throw new IllegalStateException("rows of another width, or too many of them");
        }
        for (int offset = 0; offset < rows.length; offset += width) {
            store.write(appended, rows, offset, width);
            appended++;
        }
    }

    void requireComplete() {
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
