package dev.graft.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;

/** Writes into a file and keeps count and digest of what goes through; buffered. */
final class RecordingStream extends OutputStream {
    private static final int BUFFER_BYTES = 1 << 16;

    private final FileChannel channel;
    private final MessageDigest digest = Digests.sha256();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long bytes;

    private RecordingStream(FileChannel channel) {
        this.channel = channel;
    }

    /** Replaces the content of an open file. */
    static FileRecord fill(FileChannel channel, AtomicFiles.StreamWriter writer) throws IOException {
        channel.truncate(0);
        channel.position(0);
        RecordingStream stream = new RecordingStream(channel);
        writer.writeTo(stream);
        stream.flush();
        return new FileRecord(stream.bytes, Digests.hex(stream.digest));
    }

    @Override
    public void write(int value) throws IOException {
        if (!buffer.hasRemaining()) {
            flush();
        }
        buffer.put((byte) value);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int count = Math.min(left, buffer.remaining());
            buffer.put(source, from, count);
            from += count;
            left -= count;
        }
    }

    @Override
    public void flush() throws IOException {
        buffer.flip();
        bytes += buffer.remaining();
        digest.update(buffer.duplicate());
        if (buffer.hasRemaining()) {
            FileOperations.current().write(channel, buffer);
        }
        buffer.clear();
    }
}
