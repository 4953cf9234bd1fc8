package dev.graft.engine;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

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
        return Holder.ENGINE.newBaseManager();
    }

    static Engine engine() {
        return Holder.ENGINE;
    }

    /** Seeds the engine's own random numbers, which only dropout uses. */
    static void seed(long seed) {
        JniUtils.setSeed(seed);
    }

    private static final class Holder {
        private static final Engine ENGINE = start();

        private static Engine start() {
            // Natives come from the class path; nothing is downloaded and no usage is reported.
            setIfAbsent("ai.djl.offline", "true");
            setIfAbsent("OPT_OUT_TRACKING", "true");
            setIfAbsent("ai.djl.default_engine", "PyTorch");
            Engine engine = Engine.getEngine("PyTorch");
            JniUtils.setGradMode(false);
            return engine;
        }

        private static void setIfAbsent(String property, String value) {
            if (System.getProperty(property) == null) {
                System.setProperty(property, value);
            }
        }
    }
}
