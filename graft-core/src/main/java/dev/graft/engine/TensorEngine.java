package dev.graft.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.error.GraftException;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one tensor engine of this process, started at first use. Safe for use by several threads. */
public final class TensorEngine {
    private static volatile @Nullable Engine started;
    private static volatile int usual;
    // The engine hands the number that one thread sets to all threads that are new to it.
    private static final ThreadLocal<@Nullable Integer> CHOSEN = new ThreadLocal<>();

    private TensorEngine() {}

    /** The engine's name and version, such as {@code PyTorch 2.7.1}. Starts it. */
    public static String description() {
        Engine engine = engine();
        return engine.getEngineName() + " " + engine.getVersion();
    }

    /** The threads that one operation of the calling thread uses. Starts the engine. */
    public static int threads() {
        engine();
        Integer chosen = CHOSEN.get();
        int count = chosen == null ? usual : chosen;
        if (JniUtils.getNumThreads() != count) {
            JniUtils.setNumThreads(count);
        }
        return count;
    }

    /**
     * Refuses a device that there is not. Graft computes on the CPU, whatever else the machine has.
     *
     * @param name {@code cpu}, {@code auto} for the best one that Graft can use, or that of a graphics processor, such as
     *     {@code gpu} or {@code cuda:0}
     * @throws SettingsException if it is none that Graft can use
     */
    public static void requireDevice(String name) {
        if (name.equals("cpu") || name.equals("auto")) {
            return;
        }
        throw new SettingsException(Problem.of("Graft cannot compute on this device.")
                .expected("cpu, or auto, which is the CPU too: this version computes on the CPU alone")
                .found(name)
                .fix("choose cpu, and smaller data or a smaller backbone if that takes too long"));
    }

    /** A scope for native memory of the CPU, even where the engine would prefer another; whoever asks for it closes it. */
    static NDManager newScope() {
        NDManager scope = engine().newBaseManager(Device.cpu());
        threads();
        stopRecording();
        return scope;
    }

    /**
     * Runs some work with every operation on one thread. For several trainings side by side: a core for each is faster
     * than all cores for one after the other, and no thread waits for another at every operation.
     */
    public static void onOneThreadEach(Runnable work) {
        onThreads(1, work);
    }

    /** Runs some work with every operation of the calling thread on so many threads. */
    static void onThreads(int count, Runnable work) {
        onThreads(count, () -> {
            work.run();
            return work;
        });
    }

    /** What some work gives, with every operation of the calling thread on so many threads. */
    static <T> T onThreads(int count, Supplier<T> work) {
        Integer before = CHOSEN.get();
        useThreads(count);
        try {
            return work.get();
        } finally {
            CHOSEN.set(before);
            threads();
        }
    }

    /** Makes the calling thread, new in the process, use one engine thread: the setting belongs to each thread. */
    public static void useOneThread() {
        useThreads(1);
    }

    /** Makes the calling thread, new in the process, use so many engine threads. */
    static void useThreads(int count) {
        CHOSEN.set(count);
        threads();
    }

    /**
     * Records what is computed inside for a backward pass. The mode belongs to the calling thread, so that several
     * networks may be trained at once; the engine's own gradient collector allows but one in a process.
     */
    static <T> T recording(Supplier<T> work) {
        JniUtils.setGradMode(true);
        try {
            return work.get();
        } finally {
            JniUtils.setGradMode(false);
        }
    }

    /** Does something, perhaps in the middle of what is recorded, without it being recorded. */
    static <T> T withoutRecording(Supplier<T> work) {
        boolean recording = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try {
            return work.get();
        } finally {
            JniUtils.setGradMode(recording);
        }
    }

    /** Makes the calling thread, which may be new, compute without recording. */
    static void stopRecording() {
        JniUtils.setGradMode(false);
    }

    /** Adds to the parameters' gradients, from the gradient of the loss with respect to what was computed last. */
    static void backward(NDArray computed, NDArray gradient) {
        JniUtils.backward((PtNDArray) computed, (PtNDArray) gradient, false, false);
    }

    /**
     * The engine, started if it is not yet.
     *
     * @throws GraftException if it cannot be, at every call anew
     */
    private static Engine engine() {
        Engine running = started;
        if (running == null) {
            running = EngineStart.engine();
            usual = EngineStart.threads();
            started = running;
        }
        return running;
    }
}
