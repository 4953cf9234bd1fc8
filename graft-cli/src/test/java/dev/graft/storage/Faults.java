package dev.graft.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets one operation on the file system fail, or it and all that come after it. */
public final class Faults extends FileOperations {
    /** No operation at all fails. */
    public static final int NONE = Integer.MAX_VALUE;

    private final int failing;
    private final boolean lasting;
    private final AtomicInteger count = new AtomicInteger();

    private Faults(int failing, boolean lasting) {
        this.failing = failing;
        this.lasting = lasting;
    }

    /** Does some work without faults and counts its operations. */
    public static int count(Runnable work) {
        Faults faults = new Faults(NONE, false);
        faults.during(work);
        return faults.count.get();
    }

    /**
     * Does some work, one operation of which fails.
     *
     * @param failing which, counted from 0
     * @param lasting whether all that follow fail as well
     */
    public static void during(int failing, boolean lasting, Runnable work) {
        new Faults(failing, lasting).during(work);
    }

    private void during(Runnable work) {
        FileOperations.use(this);
        try {
            work.run();
        } finally {
            FileOperations.useSystem();
        }
    }

    private void next(String what) throws IOException {
        int number = count.getAndIncrement();
        if (number == failing || (lasting && number > failing)) {
            throw new IOException("No space left on device (operation " + number + ", " + what + ")");
        }
    }

    @Override
    FileChannel open(Path file) throws IOException {
        next("open " + file);
        return super.open(file);
    }

    @Override
    void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        int limit = bytes.limit();
        try {
            next("write");
        } catch (IOException e) {
            // As on a full disk: some of it was written.
            bytes.limit(bytes.position() + bytes.remaining() / 2);
            super.write(channel, bytes);
            bytes.limit(limit);
            throw e;
        }
        super.write(channel, bytes);
    }

    @Override
    void sync(FileChannel channel) throws IOException {
        // Nobody cuts the power here, and the disk would take most of a test's time.
        next("sync");
    }

    @Override
    void syncDirectory(Path directory) throws IOException {
        next("sync " + directory);
    }

    @Override
    void rename(Path from, Path to) throws IOException {
        next("rename " + from + " to " + to);
        super.rename(from, to);
    }

    @Override
    void delete(Path path) throws IOException {
        next("delete " + path);
        super.delete(path);
    }

    @Override
    void makeDirectory(Path directory) throws IOException {
        next("make " + directory);
        super.makeDirectory(directory);
    }
}
