package dev.graft.engine;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/** The one tensor engine of this process, started at first use. Safe for use by several threads. */
public final class TensorEngine {
    private TensorEngine() {}

    /** The engine's name and version, such as {@code PyTorch 2.7.1}. Starts it. */
    public static String description() {
        Engine engine = Holder.ENGINE;
        return engine.getEngineName() + " " + engine.getVersion();
    }

    /** The threads that one operation uses. Starts the engine. */
    public static int threads() {
        return Holder.ENGINE == null ? 0 : JniUtils.getNumThreads();
    }

    /** A scope for native memory; whoever asks for it closes it. */
    static NDManager newScope() {
        NDManager scope = Holder.ENGINE.newBaseManager();
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

    /** Runs some work with every operation of the calling thread, and of those that it makes, on so many threads. */
    static void onThreads(int count, Runnable work) {
        int before = threads();
        JniUtils.setNumThreads(count);
        try {
            work.run();
        } finally {
            JniUtils.setNumThreads(before);
        }
    }

    /** Makes the calling thread, new in the process, use one engine thread: the setting belongs to each thread. */
    public static void useOneThread() {
        useThreads(1);
    }

    /** Makes the calling thread, new in the process, use so many engine threads. */
    static void useThreads(int count) {
        if (threads() != count) {
            JniUtils.setNumThreads(count);
        }
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

    /** Makes the calling thread, which may be new, compute without recording. */
    static void stopRecording() {
        JniUtils.setGradMode(false);
    }

    /** Adds to the parameters' gradients, from the gradient of the loss with respect to what was computed last. */
    static void backward(NDArray computed, NDArray gradient) {
        JniUtils.backward((PtNDArray) computed, (PtNDArray) gradient, false, false);
    }

    private static final class Holder {
        private static final Engine ENGINE = start();

        private static Engine start() {
            // Natives come from the class path; nothing is downloaded and no usage is reported.
            setIfAbsent("ai.djl.offline", "true");
            setIfAbsent("OPT_OUT_TRACKING", "true");
            setIfAbsent("ai.djl.default_engine", "PyTorch");
            return Engine.getEngine("PyTorch");
        }

        private static void setIfAbsent(String property, String value) {
            if (System.getProperty(property) == null) {
                System.setProperty(property, value);
            }
        }
    }
}
