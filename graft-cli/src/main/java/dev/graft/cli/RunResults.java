package dev.graft.cli;

import dev.graft.report.Report;
import dev.graft.report.RunFiles;
import dev.graft.result.ExperimentResult;
import dev.graft.result.ReportPictures;
import dev.graft.result.RunConfig;
import dev.graft.selection.Budget;
import dev.graft.storage.RunDirectory;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run gave, on its way into the run's directory: the model first, its numbers next, and last what only tells. */
final class RunResults {
    private static final double LEAST = 5;

    private final RunDirectory directory;
    private final Console console;

    RunResults(RunDirectory directory, Console console) {
        this.directory = directory;
        this.console = console;
    }

    /**
     * Stores the model and its numbers.
     *
     * @param model writes the model
     * @param config what it takes to make the run again; null to store none
     */
    void store(RunDirectory.FilesWriter model, ExperimentResult result, @Nullable RunConfig config) {
        directory.store(model, stage -> {
            RunFiles.write(stage, result);
            if (config != null) {
                RunFiles.write(stage, config);
            }
        });
    }

    /**
     * Writes the report, and warns of what could not be written: nobody's model is lost to a picture.
     *
     * @return whether there is a page
     */
    boolean tell(ExperimentResult result, ReportPictures pictures) {
        return told(Report.tryWrite(directory.path(), result, pictures));
    }

    /**
     * Writes the report in what is left of a budget, or in some seconds more; the page comes before its figures.
     *
     * @return whether there is a page
     */
    boolean tell(ExperimentResult result, ReportPictures pictures, Budget budget) {
        if (!budget.isLimited()) {
            return tell(result, pictures);
        }
        Duration longest = Duration.ofMillis((long) (1000 * Math.max(LEAST, budget.left())));
        return told(Report.tryWrite(directory.path(), result, pictures, longest));
    }

    private boolean told(List<String> missing) {
        missing.forEach(console::warn);
        return missing.stream().noneMatch(sentence -> sentence.contains("report.html"));
    }
}
