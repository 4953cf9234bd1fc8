package dev.graft.spark;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;

/** The memory of the process that a task runs in: an executor, or the driver where there are none. */
record ExecutorMemory(long heapBytes, String setting) {
    private static final long MIB = 1L << 20;
    // What Spark itself and the rows on their way take.
    private static final long BESIDE_BYTES = 160 * MIB;
    // As it came, as files, as tensors and, for a moment, as what is checked.
    private static final int COPIES = 4;

    static ExecutorMemory ofTask() {
        SparkEnv env = SparkEnv.get();
        boolean local = env == null || env.executorId().equals("driver");
        return new ExecutorMemory(
                Runtime.getRuntime().maxMemory(), local ? "spark.driver.memory" : "spark.executor.memory");
    }

    /**
     * Fails before a network is loaded that has no room.
     *
     * @throws SettingsException if the heap is too small; it names the setting
     */
    void requireRoom(long networkBytes) {
        requireHeap(COPIES * networkBytes + BESIDE_BYTES, "a network of " + mebibytes(networkBytes));
    }

    /**
     * Fails before something is begun that has no room.
     *
     * @param what takes so much, for messages
     * @throws SettingsException if the heap is too small; it names the setting
     */
    void requireHeap(long bytes, String what) {
        if (heapBytes < bytes) {
            throw tooSmall(what + ", for which " + mebibytes(bytes) + " are needed", null);
        }
    }

    /** Does something; that its memory ends is told with the setting that gives it. */
    <T> T during(Supplier<T> work) {
        try {
            return work.get();
        } catch (OutOfMemoryError e) {
            throw tooSmall("work that needs more", e);
        }
    }

    private SettingsException tooSmall(String found, @Nullable Throwable cause) {
        Problem problem = Problem.of("The memory of this process is too small.")
                .where(setting + ", which gives it " + mebibytes(heapBytes))
                .found(found)
                .fix("raise " + setting + "; native memory comes on top of it (" + setting + "Overhead)");
        return cause == null ? new SettingsException(problem) : new SettingsException(problem, cause);
    }

    private static String mebibytes(long bytes) {
        return (bytes + MIB - 1) / MIB + " MiB";
    }
}
