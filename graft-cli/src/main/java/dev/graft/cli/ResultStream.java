package dev.graft.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that remembers the first failure to write to it, which a {@link java.io.PrintStream} forgets; whatever
 * comes after is dropped. Thread-safe.
 */
final class ResultStream extends OutputStream {
    /** Linux says here what the descriptor of standard output is. */
    private static final Path DESCRIPTOR = Path.of("/proc/self/fd/1");

    private final OutputStream out;
    private final BooleanSupplier pipe;
    private @Nullable IOException failure;

    ResultStream(OutputStream out) {
        this(out, () -> false);
    }

    private ResultStream(OutputStream out, BooleanSupplier pipe) {
        this.out = out;
        this.pipe = pipe;
    }

    /** That of this process. */
    static ResultStream ofProcess(OutputStream standardOutput) {
        return new ResultStream(standardOutput, ResultStream::isPipe);
    }

    /** Something that is written. */
    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    @Override
    public void write(int octet) {
        attempt(() -> out.write(octet));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        attempt(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() {
        attempt(out::flush);
    }

    private synchronized void attempt(Writing writing) {
        if (failure != null) {
            return;
        }
        try {
            writing.run();
        } catch (IOException e) {
            failure = e;
        }
    }

    /**
     * Refuses to go on if anything was lost.
     *
     * @throws LostOutputException if something could not be written
     */
    synchronized void requireWritten() {
        if (failure != null) {
            throw new LostOutputException(failure, pipe.getAsBoolean());
        }
    }

    private static boolean isPipe() {
        try {
            return Files.readSymbolicLink(DESCRIPTOR).toString().startsWith("pipe:");
        } catch (IOException | UnsupportedOperationException e) {
            // Not on every system is there such a place.
            return false;
        }
    }
}
