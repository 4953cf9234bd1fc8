package dev.graft.image;

import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.error.Problem;
import dev.graft.error.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what images were decoded for once, so that nothing later decodes them again: the images themselves as far as
 * memory allows, then, in a file, only the numbers that a backbone's preprocessing makes of them, then nothing. Safe for
 * use by several threads, one for each image.
 *
 * <p>The file lies in the system's temporary folder without a name, so that nothing remains of it however the process
 * ends. It is no mapping, whose pages would count as this process's memory.
 */
public final class ImageKeeper {
    /** So that memory does not grow with the machine: 128 MiB. */
    private static final long MOST_MEMORY = 128L << 20;

    /** Of the free space of the temporary folder, one part in so many. */
    private static final int SHARE_OF_DISK = 4;

    private final AtomicReferenceArray<@Nullable Image> images;
    private final AtomicReferenceArray<@Nullable Boolean> written;
    private final long memoryLimit;
    private final @Nullable Preprocessing preprocessing;
    private final Path folder;
    private final AtomicLong memoryUsed = new AtomicLong();
    private final AtomicLong fileLeft = new AtomicLong(-1);
    private @Nullable FileChannel file;

    /**
     * Makes an empty keeper that takes up to a quarter of the temporary folder's free space.
     *
     * @param count how many images there are
     * @param preprocessing what the images will be prepared by; null if that is not known, and nothing goes to a file
     * @param memoryLimit how many bytes the images that are kept as they are may have together
     */
    public ImageKeeper(int count, @Nullable Preprocessing preprocessing, long memoryLimit) {
        this(count, preprocessing, memoryLimit, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** What all keepers of a run may take of the memory together: a quarter of the heap, never more than 128 MiB. */
    public static long usualMemory() {
        return Math.min(MOST_MEMORY, Runtime.getRuntime().maxMemory() / 4);
    }

    /** The bytes of the images that are kept as they are. */
    public long memoryUsed() {
        return memoryUsed.get();
    }

    ImageKeeper(int count, @Nullable Preprocessing preprocessing, long memoryLimit, Path folder) {
        this.images = new AtomicReferenceArray<>(count);
        this.written = new AtomicReferenceArray<>(count);
        this.preprocessing = preprocessing;
        this.memoryLimit = memoryLimit;
        this.folder = folder;
    }

    /** Keeps one image, in whichever way there is still room for. */
    public void keep(int index, Image image) {
        int size = image.pixels().length;
        if (memoryUsed.addAndGet(size) <= memoryLimit) {
            images.set(index, image);
            return;
        }
        memoryUsed.addAndGet(-size);
        if (preprocessing != null && take(4L * preprocessing.elements())) {
            float[] row = new float[preprocessing.elements()];
            preprocessing.apply(image, row, 0);
            write(index, row);
        }
    }

    /**
     * Images that are read from here where they were kept, and from their source where not.
     *
     * @param source the images, or some of them
     * @param places for each of {@code source} the index it was kept by
     */
    public LabeledImages over(LabeledImages source, int[] places) {
        return new KeptImages(this, source, places.clone());
    }

    /** Images that are read from here, where all were kept by their own index. */
    public LabeledImages over(LabeledImages source) {
        return over(source, IntStream.range(0, source.size()).toArray());
    }

    /**
     * Writes the prepared image of an example, if a keeper stands behind the examples.
     *
     * @return false if none does; nothing is written then
     */
    public static boolean readKept(
            LabeledImages images, int index, Preprocessing preprocessing, float[] target, int offset) {
        if (!(images instanceof KeptImages kept)) {
            return false;
        }
        kept.read(index, preprocessing, target, offset);
        return true;
    }

    @Nullable
    Image image(int index) {
        return images.get(index);
    }

    /** Reads the prepared image, if it was kept as that and by the same preprocessing. */
    boolean readPrepared(int index, Preprocessing wanted, float[] target, int offset) {
        FileChannel channel = channel();
        if (channel == null || written.get(index) == null || !wanted.equals(preprocessing)) {
            return false;
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 * wanted.elements());
        long position = (long) index * bytes.capacity();
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, position + bytes.position()) < 0) {
                    return false;
                }
            }
        } catch (ClosedChannelException e) {
            // A thread was interrupted while it read: what was kept is decoded again.
            return false;
        } catch (IOException e) {
            throw new StorageException(
                    Problem.of("Prepared images cannot be read back.")
                            .where(folder)
                            .found(e)
                            .fix("check the disk, or set -Djava.io.tmpdir to another one"),
                    e);
        }
        bytes.flip().asFloatBuffer().get(target, offset, wanted.elements());
        return true;
    }

    private void write(int index, float[] row) {
        FileChannel channel = channel();
        if (channel == null) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 * row.length);
        bytes.asFloatBuffer().put(row);
        long position = (long) index * bytes.capacity();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes, position + bytes.position());
            }
            written.set(index, Boolean.TRUE);
        } catch (IOException e) {
            // No more room after all: what is not kept is decoded again.
            fileLeft.set(0);
        }
    }

    private boolean take(long bytes) {
        open();
        return fileLeft.addAndGet(-bytes) >= 0;
    }

    private synchronized void open() {
        if (fileLeft.get() != -1 || file != null) {
            return;
        }
        try {
            file = FileChannel.open(
                    Files.createTempFile(folder, "graft-images-", ".f32"),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
            fileLeft.set(Files.getFileStore(folder).getUsableSpace() / SHARE_OF_DISK);
        } catch (IOException e) {
            fileLeft.set(0);
        }
    }

    private synchronized @Nullable FileChannel channel() {
        return file;
    }
}
