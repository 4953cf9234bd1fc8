package dev.graft.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildTest {
    @Test
    void graftRunsAsTheLauncherRunsItAndPeersAsTheyAre() {
        Map<String, String> own = Child.builder("graft").environment();
        Map<String, String> peer = Child.builder("djl").environment();

        assertThat(own)
                .containsEntry("GOMP_SPINCOUNT", "1000")
                .containsEntry("MALLOC_MMAP_THRESHOLD_", "1073741824")
                .containsEntry("MALLOC_TRIM_THRESHOLD_", "1073741824");
        assertThat(peer.get("MALLOC_TRIM_THRESHOLD_")).isEqualTo(System.getenv("MALLOC_TRIM_THRESHOLD_"));
    }

    @Test
    void theClassPathGoesByTheEnvironmentSoThatTheCommandLineStaysShort() {
        ProcessBuilder builder = Child.builder("onnxruntime");

        assertThat(String.join(" ", builder.command())).hasSizeLessThan(4096);
        assertThat(builder.environment()).containsEntry("CLASSPATH", System.getProperty("java.class.path"));
    }
}
