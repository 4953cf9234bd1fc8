package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.error.GraftException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The engine's start in processes of their own: it starts once in each. */
@EnabledOnOs(OS.LINUX)
class EngineStartIT {
    private static final String ARTIFACT = "pytorch-native-cpu";

    @TempDir
    private Path folder;

    @Test
    void namesTheArtifactThatIsMissingEachTime() throws IOException, InterruptedException {
        String without = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains(ARTIFACT))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> lines = run(without, Map.of());
        assertThat(lines)
                .filteredOn(line -> line.contains("ai.djl.pytorch:pytorch-native-cpu:2.7.1 with the classifier "
                        + NativePlatform.current().classifier()))
                .hasSize(2);
    }

    @Test
    void saysWhichLibraryDidNotLoadEachTime() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("libtorch.so"), "no library");
        Files.writeString(folder.resolve("libc10.so"), "no library");
        List<String> lines = run(System.getProperty("java.class.path"), Map.of("PYTORCH_LIBRARY_PATH", folder + ""));
        assertThat(lines)
                .filteredOn(line -> line.startsWith("The tensor engine does not start."))
                .hasSize(2)
                .allMatch(line -> line.contains("libc10.so: file too short"));
    }

    @Test
    void saysWhereThereIsNoRoomForTheLibrariesEachTime() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("file"), "");
        List<String> lines = run(System.getProperty("java.class.path"), Map.of("DJL_CACHE_DIR", file + "/cache"));
        assertThat(lines)
                .filteredOn(line -> line.startsWith("The native libraries cannot be unpacked."))
                .hasSize(2)
                .allMatch(line -> line.contains(file + "/cache"));
    }

    private static List<String> run(String classPath, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        Child.class.getName())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process child = builder.start();
        List<String> lines = new ArrayList<>(new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList());
        assertThat(child.waitFor()).as(String.join("\n", lines)).isZero();
        return lines;
    }

    /** Starts the engine twice and prints, on one line each, what Graft says of it. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) {
            for (int i = 0; i < 2; i++) {
                try {
                    System.out.println(TensorEngine.description());
                } catch (GraftException e) {
                    System.out.println(String.valueOf(e.getMessage()).replace("\n", " | "));
                }
            }
        }
    }
}
