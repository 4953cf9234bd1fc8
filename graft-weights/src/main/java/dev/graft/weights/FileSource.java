package dev.graft.weights;

import dev.graft.error.ClosedException;
import dev.graft.error.Problem;
import dev.graft.error.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The bytes of a file, read where they are needed; positions are {@code long}, so files may be larger than 2 GiB. */
final class FileSource implements ByteSource {
    private final String name;
    private final FileChannel channel;
    private final long size;

    private FileSource(String name, FileChannel channel, long size) {
        this.name = name;
        this.channel = channel;
        this.size = size;
    }

    @SuppressWarnings("MustBeClosedChecker") // the source closes the channel
    static FileSource open(Path path) {
        if (Files.isDirectory(path)) {
            throw new StorageException(Problem.of("Cannot read " + Names.quoteFile(path) + ": it is a directory.")
                    .expected("a file of weights")
                    .fix("name the file inside it"));
        }
        FileChannel channel = null;
        try {
            InputFiles.requireRegular(path);
            channel = FileChannel.open(path);
            return new FileSource(path.toString(), channel, channel.size());
        } catch (NoSuchFileException e) {
            throw new StorageException(Problem.of("There is no file " + Names.quoteFile(path) + ".")
                    .where(path.toAbsolutePath())
                    .expected("a file of weights")
                    .fix("check the path, or fetch the file first"));
        } catch (IOException e) {
            closeQuietly(channel, e);
            throw refused(path.toString(), e);
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel, IOException because) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    private static StorageException refused(String name, IOException e) {
        return new StorageException(
                Problem.of("Cannot read " + Names.quoteFile(name) + ".")
                        .expected("a regular file that may be read")
                        .found(e)
                        .fix("check the path, the permissions of the file and the health of the disk"),
                e);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, ByteBuffer target) {
        long at = position;
        try {
            while (target.hasRemaining()) {
                int count = channel.read(target, at);
                if (count < 0) {
                    throw endedAt(at);
                }
                at += count;
            }
        } catch (ClosedChannelException e) {
            throw new ClosedException(
                    Problem.of("A file of weights is closed.")
                            .where(name)
                            .expected("an open file, as long as tensors are read")
                            .found(
                                    "one that was closed before, by another thread, or because this thread was interrupted")
                            .fix("close it when nothing reads it any longer, or open it again"),
                    e);
        } catch (IOException e) {
            throw refused(name, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw refused(name, e);
        }
    }
}
