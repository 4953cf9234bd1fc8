package dev.graft.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that one thread of one process holds at a time. The system lets go of it when the process ends, however that
 * happens, so the file of a dead process is free to be taken.
 *
 * <p>A thread may take what it holds already. The file is deleted when it is let go for the last time.
 */
final class PathLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PathLock.class);
    private static final int MARK_BYTES = 1 << 16;
    private static final long POLL_MILLIS = 20;

    // A process loses its lock on a file when it closes any channel to it, so its own threads must not even try.
    private static final Map<Path, PathLock> HELD = new HashMap<>();

    private final Path file;
    private final Thread owner;
    private final FileChannel channel;
    private int holds = 1;
    private boolean fileIsOurs = true;

    private PathLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        this.owner = Thread.currentThread();
    }

    /**
     * Takes the lock if it is free or this thread's already.
     *
     * @param file in a directory that exists
     * @return null if another thread or process holds it
     */
    static @Nullable PathLock tryAcquire(Path file) throws IOException {
        Path key = key(file);
        synchronized (HELD) {
            PathLock held = HELD.get(key);
            if (held != null) {
                return held.owner == Thread.currentThread() ? held.again() : null;
            }
            FileChannel channel = openLocked(key);
            if (channel == null) {
                return null;
            }
            PathLock lock = new PathLock(key, channel);
            HELD.put(key, lock);
            return lock;
        }
    }

    /**
     * Takes the lock, and waits for whoever holds it.
     *
     * @return null if it was not free within the time
     */
    static @Nullable PathLock acquire(Path file, long millis) throws IOException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (true) {
            PathLock lock = tryAcquire(file);
            if (lock != null || System.nanoTime() > end) {
                return lock;
            }
            synchronized (HELD) {
                try {
                    HELD.wait(POLL_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted while waiting for " + file, e);
                }
            }
        }
    }

    private static Path key(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path parent = absolute.getParent();
        return parent == null ? absolute : parent.toRealPath().resolve(absolute.getFileName());
    }

    private PathLock again() {
        holds++;
        return this;
    }

    /** The open file, which holds a mark of this class's own until it is truncated. */
    FileChannel channel() {
        return channel;
    }

    /** Whether this is the lock on that file. */
    boolean isOn(Path other) throws IOException {
        return key(other).equals(file);
    }

    /** Leaves the file alone from here on: it has another name now. */
    void renamed() {
        fileIsOurs = false;
    }

    private static @Nullable FileChannel openLocked(Path file) throws IOException {
        while (true) {
            FileChannel channel = FileOperations.current().open(file);
            try {
                if (!lock(channel, file)) {
                    channel.close();
                    return null;
                }
                if (isStill(file, channel)) {
                    return channel;
                }
                channel.close();
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        }
    }

    private static boolean lock(FileChannel channel, Path file) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (IOException e) {
            LOG.warn("{} cannot be locked ({}): nothing keeps another process from writing there", file, e.toString());
            return true;
        }
    }

    /**
     * Whether the name still means the file that was opened and locked: its owner may have deleted or renamed it in
     * between. Java cannot ask that of an open file, so the file gets a length that no other has.
     */
    private static boolean isStill(Path file, FileChannel channel) throws IOException {
        int length = ThreadLocalRandom.current().nextInt(1, MARK_BYTES);
        channel.truncate(0);
        channel.write(ByteBuffer.allocate(1), length - 1);
        try {
            return Files.size(file) == length;
        } catch (java.nio.file.NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void close() {
        synchronized (HELD) {
            holds--;
            if (holds > 0) {
                return;
            }
            try {
                if (fileIsOurs) {
                    FileOperations.current().delete(file);
                }
            } catch (IOException e) {
                LOG.warn("{} is left behind ({}): the next to write there deletes it", file, e.toString());
            }
            try {
                channel.close();
            } catch (IOException e) {
                LOG.warn("{} cannot be closed: {}", file, e.toString());
            }
            HELD.remove(file);
            HELD.notifyAll();
        }
    }
}
