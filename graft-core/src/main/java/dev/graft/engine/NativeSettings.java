package dev.graft.engine;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the engine wants of the C library of this process, set before the engine is loaded, so that every program that uses Graft
 * has it. Environment variables of the same purpose have the last word. Only on Linux with the GNU C library; elsewhere
 * nothing is set.
 */
final class NativeSettings {
    private static final Logger LOGGER = LoggerFactory.getLogger(NativeSettings.class);

    // From <malloc.h>.
    private static final int TRIM_THRESHOLD = -1;
    private static final int MMAP_THRESHOLD = -3;

    // Memory that one training step gave back serves the next one, instead of going to the system and coming back page
    // by page.
    private static final int MOST_KEPT = 1 << 30;
    // The engine's threads wait for each other at every operation. Spinning long, they stall by a factor of fifty as
    // soon as
    // anything else wants a core; a short spin, then sleep, costs little.
    private static final String SHORT_SPIN = "1000";

    private NativeSettings() {}

    /** Sets them, unless the environment does. Never fails: without them, all works, with more memory or time. */
    static void apply(Map<String, String> environment) {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return;
        }
        try {
            NativeLibrary c = NativeLibrary.getInstance("c");
            if (!environment.containsKey("GOMP_SPINCOUNT") && !environment.containsKey("OMP_WAIT_POLICY")) {
                c.getFunction("setenv").invokeInt(new Object[] {"GOMP_SPINCOUNT", SHORT_SPIN, 1});
            }
            Function mallopt = c.getFunction("mallopt");
            if (!environment.containsKey("MALLOC_MMAP_THRESHOLD_")) {
                mallopt.invokeInt(new Object[] {MMAP_THRESHOLD, MOST_KEPT});
            }
            if (!environment.containsKey("MALLOC_TRIM_THRESHOLD_")) {
                mallopt.invokeInt(new Object[] {TRIM_THRESHOLD, MOST_KEPT});
            }
        } catch (LinkageError | RuntimeException e) {
            LOGGER.debug("the C library keeps its own settings of memory and of waiting threads", e);
        }
    }
}
