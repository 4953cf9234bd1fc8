package dev.graft.report;

import dev.graft.result.ExperimentResult;
import dev.graft.result.RunConfig;
import dev.graft.result.SourceResult;
import dev.graft.storage.ListedFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a run's numbers, which stand beside what it trained and are enough to make its report again. */
public final class RunFiles {
    private RunFiles() {}

    /**
     * Writes {@code metrics.json} and {@code history.csv}: every number of an experiment. They take the place of files of
     * these names that Graft wrote.
     *
     * @param directory an existing directory
     * @throws dev.graft.error.SettingsException if a file of one of the names is not Graft's
     * @throws dev.graft.error.StorageException if they cannot be written
     */
    public static void write(Path directory, ExperimentResult result) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("metrics.json", utf8(MetricsJson.toJson(result)));
        files.put("history.csv", utf8(HistoryCsv.write(result)));
        store(directory, files);
    }

    /**
     * Writes {@code config.json}: what it takes to make the run again. It takes the place of a file of this name that
     * Graft wrote.
     *
     * @param directory an existing directory
     * @throws dev.graft.error.SettingsException if a file of the name is not Graft's
     * @throws dev.graft.error.StorageException if it cannot be written
     */
    public static void write(Path directory, RunConfig config) {
        store(directory, Map.of("config.json", utf8(MetricsJson.toJson(config))));
    }

    /**
     * Writes {@code metrics.json}, {@code history.csv} and TensorBoard's event files of a source model's training, which
     * has no page. They take the place of files of these names that Graft wrote.
     *
     * @param directory an existing directory
     * @throws dev.graft.error.SettingsException if a file of one of the names is not Graft's
     * @throws dev.graft.error.StorageException if they cannot be written
     */
    public static void write(Path directory, SourceResult result) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("metrics.json", utf8(MetricsJson.toJson(result)));
        files.put("history.csv", utf8(HistoryCsv.write(result)));
        TensorBoard.files(result.history())
                .forEach((name, content) -> files.put(Report.EVENTS + "/pretraining/" + name, content));
        store(directory, files);
    }

    private static void store(Path directory, Map<String, byte[]> files) {
        try (ListedFiles listed = ListedFiles.of(directory, files.keySet())) {
            files.forEach(listed::write);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
