package dev.graft.weights;

import java.nio.ByteBuffer;

/** Bytes that are in memory already. */
final class MemorySource implements ByteSource {
    private final String name;
    private final ByteBuffer content;

    MemorySource(String name, ByteBuffer content) {
        this.name = name;
        this.content = content.slice().asReadOnlyBuffer();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return content.capacity();
    }

    @Override
    public void read(long position, ByteBuffer target) {
        if (position + target.remaining() > size()) {
            throw endedAt(size());
        }
        target.put(content.slice((int) position, target.remaining()));
    }

    @Override
    public void close() {
        // the caller owns the memory
    }
}
