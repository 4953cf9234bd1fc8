package dev.graft.report;

import dev.graft.error.Problem;
import dev.graft.error.StorageException;
import dev.graft.result.ExperimentResult;
import dev.graft.result.ReportPictures;
import dev.graft.result.StrategyResult;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Turns an experiment into something to read: one self-contained page, its numbers as JSON and CSV, and its figures as
 * PNG files.
 */
public final class Report {
    static final String EVENTS = "tensorboard";

    private Report() {}

    /**
     * Writes {@code report.html}, {@code metrics.json}, {@code history.csv}, {@code figures/*.png} and event files for
     * TensorBoard in {@code tensorboard}. Files of these names are replaced. Where the system has no fonts the figures are left out, and the page says so.
     *
     * @param directory an existing directory
     * @throws StorageException if the directory does not exist or cannot be written
     */
    public static void write(Path directory, ExperimentResult result, ReportPictures pictures) {
        if (!Files.isDirectory(directory)) {
            throw new StorageException(Problem.of("Cannot write a report.")
                    .where(directory)
                    .expected("an existing directory")
                    .fix("create the directory, or name another"));
        }
        try (Figures figures = Figures.start(directory.resolve("figures"), result, pictures)) {
            store(directory.resolve("metrics.json"), MetricsJson.toJson(result));
            store(directory.resolve("history.csv"), HistoryCsv.write(result));
            store(directory.resolve("report.html"), html(result, pictures, figures.notes()));
            FileNames folders = new FileNames();
            for (StrategyResult row : result.results()) {
                TensorBoard.write(directory.resolve(EVENTS).resolve(folders.unique(row.strategy())), row.history());
            }
            figures.finish();
        } catch (IOException e) {
            throw new StorageException(
                    Problem.of("Cannot write a report.")
                            .where(directory)
                            .found(e)
                            .fix("free some space, or change the permissions or the directory"),
                    e);
        }
    }

    /** The page alone: HTML 5 in one string, its styles and pictures inside, no script, nothing to load. */
    public static String html(ExperimentResult result, ReportPictures pictures) {
        return html(result, pictures, List.of());
    }

    private static String html(ExperimentResult result, ReportPictures pictures, List<String> notes) {
        StringOutput output = new StringOutput(1 << 17);
        TemplateEngine templates =
                TemplateEngine.createPrecompiled(null, ContentType.Html, null, Report.class.getPackageName());
        templates.render("page.jte", Page.of(result, pictures, notes), output);
        return output.toString();
    }

    private static void store(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
