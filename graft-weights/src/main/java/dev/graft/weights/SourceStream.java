package dev.graft.weights;

import java.io.InputStream;
import java.nio.ByteBuffer;

/** A range of a source as a stream, so that a header is parsed without a copy of it in memory. */
final class SourceStream extends InputStream {
    private final ByteSource source;
    private final long end;
    private long position;

    SourceStream(ByteSource source, long begin, long end) {
        this.source = source;
        this.position = begin;
        this.end = end;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        int count = (int) Math.min(length, end - position);
        if (count <= 0) {
            return length == 0 ? 0 : -1;
        }
        source.read(position, ByteBuffer.wrap(target, offset, count));
        position += count;
        return count;
    }
}
