package dev.graft.weights;

import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import java.nio.ByteBuffer;

/** Bytes with a name and a fixed size that can be read at any position, by many threads at once. */
interface ByteSource extends AutoCloseable {
    /** What to call it in messages. */
    String name();

    /** Its size in bytes. */
    long size();

    /** Fills the buffer with the bytes from the position on. */
    void read(long position, ByteBuffer target);

    @Override
    void close();

    /** Starts the problem of a file that cannot be used. */
    default Problem problem(String rule) {
        return Problem.of("Cannot read " + Names.quoteFile(name()) + ": " + rule + ".");
    }

    /** The bytes ended early, though the size was checked before: somebody changes the file. */
    default WeightsFileException endedAt(long position) {
        return new WeightsFileException(problem("it became shorter while it was read")
                .where("byte " + position)
                .expected(size() + " bytes, as when it was opened")
                .fix("wait until the file is completely written, then read it again"));
    }
}
