package dev.graft.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection that can be asked whether its client has gone while a request is worked on, when nobody reads from it. What a
 * client sends ahead meanwhile is kept and read later. A client that has closed its sending side alone counts as gone, as with
 * most servers.
 */
final class PeekingEndPoint extends SocketChannelEndPoint {
    private static final int AHEAD_BYTES = 4096;

    private final Scheduler ownScheduler;
    private ByteBuffer ahead = BufferUtil.EMPTY_BUFFER;
    private boolean ended;

    PeekingEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
        this.ownScheduler = scheduler;
    }

    /** Whether the client has gone. To be asked only while a request, whose body has been read, waits for its answer. */
    synchronized boolean clientHasGone() {
        if (ended || !isOpen()) {
            return true;
        }
        if (ahead.hasRemaining()) {
            return false;
        }
        try {
            ByteBuffer buffer = ByteBuffer.allocate(AHEAD_BYTES);
            int count = getChannel().read(buffer);
            ended = count < 0;
            ahead = buffer.flip();
        } catch (IOException e) {
            ended = true;
        }
        return ended;
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        synchronized (this) {
            if (ahead.hasRemaining()) {
                int position = BufferUtil.flipToFill(buffer);
                int count = BufferUtil.put(ahead, buffer);
                BufferUtil.flipToFlush(buffer, position);
                return count;
            }
        }
        return super.fill(buffer);
    }

    @Override
    protected void needsFillInterest() {
        boolean kept;
        synchronized (this) {
            kept = ahead.hasRemaining();
        }
        if (kept) {
            // The selector sees only what is still to come.
            ownScheduler.schedule(() -> getFillInterest().fillable(), 0, TimeUnit.MILLISECONDS);
        } else {
            super.needsFillInterest();
        }
    }
}
