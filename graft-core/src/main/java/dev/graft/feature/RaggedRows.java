package dev.graft.feature;

import dev.graft.error.ClosedException;
import dev.graft.error.StorageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The states of sequences' tokens, in memory or in a file: of each sequence the tokens that it has. As a row it is what every
 * reader of sequences takes: the number of its tokens, their values, then zeros.
 */
final class RaggedRows implements KeptRows {
    private final TokenStates states;
    private final int width;
    private final boolean half;
    private final long[] starts;
    private final byte @Nullable [][] memory;
    private final @Nullable SpillFile file;
    private int appended;
    private volatile boolean closed;

    private RaggedRows(TokenStates states, int width, byte @Nullable [][] memory, @Nullable SpillFile file) {
        this.states = states;
        this.width = width;
        this.half = states.inHalfPrecision();
        this.memory = memory;
        this.file = file;
        this.starts = new long[states.lengths().length];
        for (int row = 1; row < starts.length; row++) {
            starts[row] = starts[row - 1] + bytes(row - 1);
        }
    }

    static RaggedRows inMemory(TokenStates states, int width) {
        return new RaggedRows(states, width, new byte[states.lengths().length][], null);
    }

    /** Takes the file over. */
    static RaggedRows inFile(SpillFile file, TokenStates states, int width) {
        return new RaggedRows(states, width, null, file);
    }

    private int bytes(int row) {
        return (states.rowLength(row) - 1) * states.bytesOfValue();
    }

    /** Each row is the number of its tokens and their values, without padding. */
    @Override
    public void append(float[] rows) {
        requireOpen();
        int offset = 0;
        while (offset < rows.length) {
            if (appended == count()
                    || rows[offset] != states.lengths()[appended]
                    || offset + states.rowLength(appended) > rows.length) {
                throw new IllegalStateException("rows of another width, or too many of them");
            }
            byte[] bytes = encoded(rows, offset + 1, states.rowLength(appended) - 1);
            if (memory != null) {
                memory[appended] = bytes;
            } else if (file != null) {
                file.write(starts[appended], bytes);
            }
            offset += states.rowLength(appended);
            appended++;
        }
    }

    private byte[] encoded(float[] values, int offset, int length) {
        byte[] bytes = new byte[length * states.bytesOfValue()];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        if (half) {
            ShortBuffer shorts = buffer.asShortBuffer();
            for (int i = 0; i < length; i++) {
                shorts.put(i, HalfPrecision.of(values[offset + i]));
            }
        } else {
            buffer.asFloatBuffer().put(values, offset, length);
        }
        return bytes;
    }

    private void decode(byte[] bytes, float[] target, int offset) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        if (half) {
            short[] shorts = new short[bytes.length / Short.BYTES];
            buffer.asShortBuffer().get(shorts);
            for (int i = 0; i < shorts.length; i++) {
                target[offset + i] = HalfPrecision.value(shorts[i]);
            }
        } else {
            buffer.asFloatBuffer().get(target, offset, bytes.length / Float.BYTES);
        }
    }

    @Override
    public void requireComplete() {
        if (appended != count()) {
            throw new IllegalStateException(appended + " of " + count() + " rows were computed");
        }
    }

    @Override
    public int count() {
        return starts.length;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void read(int row, float[] target, int offset) {
        read(row, target, offset, width);
    }

    /** As wide as the longest of them needs. */
    @Override
    public float[] values(int[] rows) {
        int used = Arrays.stream(rows).map(states::rowLength).max().orElse(width);
        float[] values = new float[Math.multiplyExact(rows.length, used)];
        for (int i = 0; i < rows.length; i++) {
            read(rows[i], values, i * used, used);
        }
        return values;
    }

    private void read(int row, float[] target, int offset, int used) {
        requireOpen();
        target[offset] = states.lengths()[row];
        decode(stored(row), target, offset + 1);
        Arrays.fill(target, offset + states.rowLength(row), offset + used, 0f);
    }

    private byte[] stored(int row) {
        if (memory != null) {
            return memory[row];
        }
        byte[] bytes = new byte[bytes(row)];
        try {
            if (file != null) {
                file.read(starts[row], bytes);
            }
        } catch (StorageException e) {
            // It may have been closed meanwhile.
            requireOpen();
            throw e;
        }
        return bytes;
    }

    private void requireOpen() {
        if (closed) {
            throw ClosedException.of("feature cache");
        }
    }

    @Override
    public void close() {
        closed = true;
        if (file != null) {
            file.close();
        }
    }
}
