package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {
    @Test
    void writesPageNumbersAndFigures(@TempDir Path directory) throws Exception {
        Report.write(directory, ExampleExperiment.shapes(), ExampleExperiment.pictures());
        assertThat(directory.resolve("report.html")).isNotEmptyFile();
        assertThat(directory.resolve("figures")).isNotEmptyDirectory();
    }
}
