package dev.graft.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SideBySideIT {
    @TempDir
    private Path directory;

    @Test
    void everyWorkOfGraftRunsAndBecomesARowOfTheJson() {
        List<Row> rows = new ArrayList<>();
        try (SideBySide alone =
                new SideBySide(List.of(), SideBySide.Effort.SMALLEST, directory.resolve("peers.log"), line -> {})) {
            for (Catalogue.Entry entry : Catalogue.entries(true)) {
                rows.add(alone.measure(entry, 1.0));
            }
        }
        String json = new BenchmarkResult(Map.of("cpu", "any"), rows).toJson();

        BenchmarkResult read = BenchmarkResult.fromJson(json);
        assertThat(json).contains("\"hardware\"", "\"work\"", "\"graft\"", "\"peers\"", "\"ratio\"", "\"limit\"");
        assertThat(read.rows())
                .extracting(Row::work)
                .contains(
                        "train-step-32",
                        "features-dense",
                        "frozen-phase-cache",
                        "resnet-features",
                        "photo-features",
                        "photo-fit",
                        "photo-phone",
                        "text-train-step");
        assertThat(read.rows()).allSatisfy(row -> assertThat(row.graft()).isPositive());
        assertThat(read.rows())
                .filteredOn(row -> row.work().endsWith("-cache"))
                .allSatisfy(row -> assertThat(row.ratio()).containsKey("without-cache"));
    }
}
