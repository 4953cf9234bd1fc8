package dev.graft.fuzzing;

import com.sun.management.ThreadMXBean;
import dev.graft.error.GraftException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * What every reader owes to bytes from anywhere: it reads them or refuses them with one of Graft's exceptions, and takes
 * memory in proportion to what is there, not to what is declared.
 */
public final class Hostile {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long USUAL_BYTES = 64L << 20;
    private static final long BYTES_A_BYTE = 512;
    private static final int LONGEST_REASON = 200;
    private static final ThreadLocal<@Nullable GraftException> LAST = new ThreadLocal<>();

    /** Reads something. */
    @FunctionalInterface
    public interface Reading {
        /** Reads it. */
        void read() throws IOException;
    }

    private Hostile() {}

    /**
     * Reads.
     *
     * @param length how many bytes there are to read
     * @throws AssertionError if more memory was allocated than such an input explains
     */
    public static void readOrRefuse(int length, Reading reading) throws IOException {
        readOrRefuse(length, USUAL_BYTES, reading);
    }

    /**
     * Reads.
     *
     * @param length how many bytes there are to read
     * @param allowance how many bytes of memory any input may cost
     * @throws AssertionError if more was allocated
     */
    public static void readOrRefuse(int length, long allowance, Reading reading) throws IOException {
        LAST.remove();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            reading.read();
        } catch (GraftException refused) {
            // the only thing that may be thrown
            LAST.set(refused);
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        long most = allowance + BYTES_A_BYTE * length;
        if (allocated > most) {
            throw new AssertionError(length + " bytes cost " + allocated + " bytes of memory, more than " + most);
        }
    }

    /** Why this thread's last input was refused, without the numbers; empty if it was read. */
    static String lastReason() {
        GraftException refused = LAST.get();
        String message = refused == null ? "" : String.valueOf(refused.getMessage());
        return message.substring(0, Math.min(message.length(), LONGEST_REASON)).replaceAll("[0-9]+", "0");
    }
}
