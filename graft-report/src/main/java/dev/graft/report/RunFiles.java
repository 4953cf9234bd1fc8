package dev.graft.report;

import dev.graft.error.Problem;
import dev.graft.error.StorageException;
import dev.graft.result.RunConfig;
import dev.graft.result.SourceResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what a run's directory holds beside its report. */
public final class RunFiles {
    private RunFiles() {}

    /**
     * Writes {@code config.json}: what it takes to make the run again.
     *
     * @throws StorageException if it cannot be written
     */
    public static void write(Path directory, RunConfig config) {
        try {
            store(directory.resolve("config.json"), MetricsJson.toJson(config));
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    /**
     * Writes {@code metrics.json}, {@code history.csv} and TensorBoard's event files of a source model's training, which
     * has no page.
     *
     * @throws StorageException if they cannot be written
     */
    public static void write(Path directory, SourceResult result) {
        try {
            store(directory.resolve("metrics.json"), MetricsJson.toJson(result));
            store(directory.resolve("history.csv"), HistoryCsv.write(result));
            TensorBoard.write(directory.resolve(Report.EVENTS).resolve("pretraining"), result.history());
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    private static void store(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static StorageException unwritable(Path directory, IOException e) {
        return new StorageException(
                Problem.of("Cannot write the files of a run.")
                        .where(directory)
                        .found(e)
                        .fix("free some space, or change the permissions or the directory"),
                e);
    }
}
