package dev.graft.feature;

import dev.graft.error.ClosedException;
import dev.graft.error.Problem;
import dev.graft.error.StorageException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that are appended once and then read, in memory or in a memory-mapped file. */
final class StoredRows implements Rows, AutoCloseable {
    private static final long SEGMENT_BYTES = 1L << 28;

    private final int count;
    private final int width;
    private final int rowsPerSegment;
    private final List<FloatBuffer> segments;
    private final @Nullable Path file;
    private int appended;
    private volatile boolean closed;

    private StoredRows(int count, int width, int rowsPerSegment, List<FloatBuffer> segments, @Nullable Path file) {
        this.count = count;
        this.width = width;
        this.rowsPerSegment = rowsPerSegment;
        this.segments = segments;
        this.file = file;
    }

    static StoredRows inMemory(int count, int width) {
        FloatBuffer all = FloatBuffer.allocate(Math.multiplyExact(count, width));
        return new StoredRows(count, width, Math.max(1, count), List.of(all), null);
    }

    /**
     * Takes the file over. Where the system lets go of a name whose content is mapped, that is done at once, so that
     * nothing remains however the process ends; elsewhere the file is deleted on close.
     */
    static StoredRows inFile(Path file, int count, int width) throws IOException {
        long rowBytes = 4L * width;
        int rowsPerSegment = (int) Math.max(1, SEGMENT_BYTES / rowBytes);
        List<FloatBuffer> segments = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (int row = 0; row < count; row += rowsPerSegment) {
                int rows = Math.min(rowsPerSegment, count - row);
                MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, row * rowBytes, rows * rowBytes);
                segments.add(mapped.asFloatBuffer());
            }
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return new StoredRows(count, width, rowsPerSegment, segments, nameIsGone(file) ? null : file);
    }

    private static boolean nameIsGone(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            // Windows keeps what is mapped.
            return false;
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
            segments.get(appended / rowsPerSegment).put((appended % rowsPerSegment) * width, rows, offset, width);
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
        segments.get(row / rowsPerSegment).get((row % rowsPerSegment) * width, target, offset, width);
    }

    @Override
    public void close() {
        closed = true;
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new StorageException(
                        Problem.of("The file of a feature cache cannot be deleted.")
                                .where(file)
                                .found(e)
                                .fix("delete it by hand when no program uses it any longer"),
                        e);
            }
        }
    }
}
