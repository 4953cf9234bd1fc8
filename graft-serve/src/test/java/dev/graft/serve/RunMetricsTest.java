package dev.graft.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.model.Lineage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunMetricsTest {
    @TempDir
    private Path run;

    private static Lineage lineage(String strategy, long seed) {
        return new Lineage("digits-cnn", "embedded", "ab12", strategy, "shapes", "cd34", 500, seed, "0.1.0");
    }

    private void write(String text) throws IOException {
        Files.writeString(run.resolve("metrics.json"), text);
    }

    @Test
    void aBundleInItsRunHasTheAccuracyThatTheRunMeasured() throws IOException {
        write("""
                {"seed": 7, "seeds": 1, "curve": [], "results": [
                  {"strategy": "feature-extraction", "testAccuracy": 0.75, "seedAccuracies": [0.75],
                   "summary": [], "history": [], "gallery": []}]}
                """);
        Path bundle = run.resolve("bundle");

        assertThat(RunMetrics.of(bundle, lineage("feature-extraction", 7)))
                .containsExactlyEntriesOf(Map.of("testAccuracy", 0.75));
        assertThat(RunMetrics.of(bundle, lineage("feature-extraction", 8))).isEmpty();
        assertThat(RunMetrics.of(bundle, lineage("fine-tuning", 7))).isEmpty();
    }

    @Test
    void theScoreOfAnotherTaskIsNoAccuracy() throws IOException {
        write("""
                {"seed": 7, "seeds": 1, "curve": [], "target": {"name": "prices", "classes": ["price"],
                  "task": "regression", "measure": "R²"}, "results": [
                  {"strategy": "feature-extraction", "testScore": 0.75, "seedScores": [0.75],
                   "summary": [], "history": [], "gallery": []}]}
                """);

        assertThat(RunMetrics.of(run.resolve("bundle"), lineage("feature-extraction", 7)))
                .containsExactlyEntriesOf(Map.of("testScore", 0.75));
    }

    @Test
    void withoutAReadableRecordNothingIsTold() throws IOException {
        assertThat(RunMetrics.of(run.resolve("bundle"), lineage("fine-tuning", 7)))
                .isEmpty();
        write("{");
        assertThat(RunMetrics.of(run.resolve("bundle"), lineage("fine-tuning", 7)))
                .isEmpty();
    }
}
