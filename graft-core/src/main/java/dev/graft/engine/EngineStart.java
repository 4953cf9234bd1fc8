package dev.graft.engine;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.error.GraftException;
import dev.graft.error.InstallationException;
import dev.graft.error.Problem;
import dev.graft.error.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Starts the engine, once for the process. What can be told beforehand is told before any native code runs, and may be mended
 * and tried again; a library that did not load never will in this process, and every call says so.
 */
final class EngineStart {
    private static @Nullable Engine engine;
    private static int threads;
    private static @Nullable Problem failure;

    private EngineStart() {}

    /**
     * The running engine.
     *
     * @throws InstallationException if a native library is missing, or is there and does not load
     * @throws dev.graft.error.StorageException if native libraries cannot be unpacked
     */
    static synchronized Engine engine() {
        if (failure != null) {
            throw new InstallationException(failure);
        }
        if (engine == null) {
            engine = started();
        }
        return engine;
    }

    /** The threads that one operation uses where nobody chose a number: as many as there are cores, unless the user says. */
    static synchronized int threads() {
        return threads;
    }

    private static Engine started() {
        configure();
        NativeLibraries.prepareEngine();
        NativeSettings.apply(System.getenv());
        try {
            Engine started = Engine.getEngine("PyTorch");
            // The first call into native code.
            threads = JniUtils.getNumThreads();
            return started;
        } catch (GraftException e) {
            throw e;
        } catch (RuntimeException | LinkageError | AssertionError e) {
            failure = refused(e);
            throw new InstallationException(failure, e);
        }
    }

    /** Natives come from the class path; nothing is downloaded and no usage is reported, unless the user says otherwise. */
    static void configure() {
        setIfAbsent("ai.djl.offline", "true");
        setIfAbsent("OPT_OUT_TRACKING", "true");
        setIfAbsent("ai.djl.default_engine", "PyTorch");
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null && System.getenv(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** The failure as everybody may read it: what stands deepest in it says which library wants what. */
    private static Problem refused(Throwable cause) {
        Throwable deepest = cause;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return Problem.of("The tensor engine does not start.")
                .expected("native libraries of one version that this system can load")
                .found(Reason.of(deepest))
                .fix(
                        "let the class path have ai.djl:api, ai.djl.pytorch:pytorch-engine, pytorch-jni and pytorch-native-cpu as"
                                + " Graft asks for them and no others; on Linux the system needs glibc 2.28 or newer");
    }
}
