package dev.graft.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildTest {
    @Test
    void graftGetsNothingThatAProgramOfItsUsersWouldNotGet() {
        Map<String, String> own = Child.builder("graft").environment();
        Map<String, String> peer = Child.builder("djl").environment();

        assertThat(own).isEqualTo(peer);
    }

    @Test
    void theClassPathGoesByTheEnvironmentSoThatTheCommandLineStaysShort() {
        ProcessBuilder builder = Child.builder("onnxruntime");

        assertThat(String.join(" ", builder.command())).hasSizeLessThan(4096);
        assertThat(builder.environment()).containsEntry("CLASSPATH", System.getProperty("java.class.path"));
    }
}
