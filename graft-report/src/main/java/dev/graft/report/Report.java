package dev.graft.report;

import dev.graft.error.Problem;
import dev.graft.error.StorageException;
import dev.graft.result.ExperimentResult;
import dev.graft.result.ReportPictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Turns an experiment into something to read: one self-contained page, its numbers as JSON and CSV, and its figures as
 * PNG files.
 */
public final class Report {
    static final String EVENTS = "tensorboard";

    /** A page and its figures take seconds, on a busy machine perhaps tens of them. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private Report() {}

    /**
     * Writes {@code metrics.json} and {@code history.csv}, then {@code report.html}, {@code figures/*.png} and event files
     * for TensorBoard in {@code tensorboard}, each whole or not at all. They take the place of files of these names that
     * Graft wrote. Where the system has no fonts the figures are left out, and the page says so.
     *
     * @param directory an existing directory
     * @throws dev.graft.error.SettingsException if a file of one of the names is not Graft's
     * @throws StorageException if the directory does not exist or cannot be written
     */
    public static void write(Path directory, ExperimentResult result, ReportPictures pictures) {
        requireDirectory(directory);
        RunFiles.write(directory, result);
        ReportFiles.plan(result, pictures).write(directory);
    }

    /**
     * Writes what only tells about a run, without its numbers: {@code report.html}, {@code figures/*.png} and event files
     * for TensorBoard. Never fails, and gives up after two minutes: what was trained and measured does not depend on it.
     *
     * @param directory an existing directory with the run's numbers
     * @return what is missing and why, a sentence each; empty if all is there
     */
    public static List<String> tryWrite(Path directory, ExperimentResult result, ReportPictures pictures) {
        return tryWrite(directory, result, pictures, LONGEST);
    }

    /**
     * Writes what only tells about a run, and gives up after some time.
     *
     * @param longest at most two minutes
     * @return what is missing and why, a sentence each; empty if all is there
     */
    public static List<String> tryWrite(
            Path directory, ExperimentResult result, ReportPictures pictures, Duration longest) {
        return GuardedReport.write(
                directory,
                () -> ReportFiles.plan(result, pictures),
                longest.compareTo(LONGEST) < 0 ? longest : LONGEST);
    }

    /** The page alone: HTML 5 in one string, its styles and pictures inside, no script, nothing to load. */
    public static String html(ExperimentResult result, ReportPictures pictures) {
        return ReportFiles.html(result, pictures, List.of());
    }

    private static void requireDirectory(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new StorageException(Problem.of("Cannot write a report.")
                    .where(directory)
                    .expected("an existing directory")
                    .fix("create the directory, or name another"));
        }
    }
}
