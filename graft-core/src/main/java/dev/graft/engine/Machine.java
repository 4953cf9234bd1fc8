package dev.graft.engine;

import dev.graft.result.Hardware;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What this process runs on. */
public final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Path STATUS = Path.of("/proc/self/status");

    private Machine() {}

    /** Describes the machine; starts the engine, to ask for its threads and version. */
    public static Hardware describe() {
        return new Hardware(
                cpu(),
                TensorEngine.threads(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.version"),
                TensorEngine.description(),
                peakMemory());
    }

    /** The most physical memory that this process held at once, in bytes; null where the system does not say. */
    static @Nullable Long peakMemory() {
        String line = line(STATUS, "VmHWM:");
        if (line == null) {
            return null;
        }
        String kibibytes = line.replaceAll("[^0-9]", "");
        return kibibytes.isEmpty() ? null : Long.parseLong(kibibytes) * 1024;
    }

    private static String cpu() {
        String line = line(CPU_INFO, "model name");
        return line == null
                ? System.getProperty("os.arch")
                : line.substring(line.indexOf(':') + 1).strip();
    }

    /** The first line of a file of the system that starts so; null if there is none, as on other systems than Linux. */
    private static @Nullable String line(Path file, String start) {
        if (!Files.isReadable(file)) {
            return null;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(start)).findFirst().orElse(null);
        } catch (IOException e) {
            return null;
        }
    }
}
