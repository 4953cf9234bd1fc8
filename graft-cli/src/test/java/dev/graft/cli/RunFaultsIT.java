package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.bundle.Bundle;
import dev.graft.data.Shapes;
import dev.graft.storage.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A whole run over an earlier one, in which an operation on the file system fails. */
class RunFaultsIT {
    @TempDir
    private Path folder;

    private Path data = Path.of("");
    private Path out = Path.of("");

    @BeforeEach
    void runOnce() throws IOException {
        data = Drawings.folder(folder.resolve("shapes"), Shapes.draw(40, 3));
        out = folder.resolve("run");
        assertThat(fit().exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aFaultAnywhereLeavesWholeFilesAndAWayOn() throws IOException {
        int operations = operations();
        for (int part = 0; part < 6; part++) {
            tryFault(operations * part / 6 + part, part % 2 == 0);
        }
        assertCleanAfterAnotherRun();
    }

    @Test
    @EnabledIfSystemProperty(named = "faults.step", matches = "1")
    void aFaultAtEachOperationLeavesWholeFilesAndAWayOn() throws IOException {
        int operations = operations();
        for (int failing = 0; failing < operations; failing++) {
            tryFault(failing, failing % 2 == 0);
            if (failing % 8 == 0) {
                assertCleanAfterAnotherRun();
            }
        }
    }

    @Test
    void aReportThatCannotBeWrittenIsAWarning() {
        int operations = operations();
        // The last fifth of all operations belongs to the report.
        List<CommandRun> runs = new ArrayList<>();
        Faults.during(operations * 4 / 5, true, () -> runs.add(fit("--overwrite")));

        CommandRun run = runs.get(0);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.err()).contains("The report is not complete", "the model and its numbers are");
        assertThat(out.resolve("metrics.json")).exists();
        assertThat(Bundle.read(out.resolve("bundle")).classNames()).containsExactly("circle", "square");
    }

    private int operations() {
        return Faults.count(() -> assertThat(fit("--overwrite").exitCode()).isEqualTo(ExitCode.DONE));
    }

    private void tryFault(int failing, boolean lasting) throws IOException {
        List<CommandRun> runs = new ArrayList<>();
        Faults.during(failing, lasting, () -> runs.add(fit("--overwrite")));

        CommandRun run = runs.get(0);
        assertThat(run.exitCode()).as("operation " + failing + ": " + run.err()).isIn(ExitCode.DONE, ExitCode.FAILED);
        assertThat(run.err()).as("operation " + failing).doesNotContain("unexpected");
        assertThat(WholeFiles.faults(out)).as("operation " + failing).isEmpty();
        assertThat(Bundle.read(out.resolve("bundle")).classNames()).containsExactly("circle", "square");
    }

    private void assertCleanAfterAnotherRun() throws IOException {
        CommandRun run = fit("--overwrite");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(WholeFiles.hidden(out)).isEmpty();
        assertThat(WholeFiles.faults(out)).isEmpty();
    }

    private CommandRun fit(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "fit",
                "--data",
                data.toString(),
                "--backbone",
                "digits-cnn",
                "--strategy",
                "feature-extraction",
                "--head",
                "linear",
                "--epochs",
                "1",
                "--out",
                out.toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }
}
