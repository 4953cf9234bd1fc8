package dev.graft.report;

import dev.graft.result.ExperimentResult;
import dev.graft.result.ReportPictures;
import dev.graft.result.StrategyResult;
import dev.graft.storage.ListedFiles;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The files of a report, and how each is made.
 *
 * @param texts gives the content of the page and the event files, by path
 * @param figures gives each figure, by path
 */
record ReportFiles(Map<String, Supplier<byte[]>> texts, Map<String, Supplier<BufferedImage>> figures) {
    private static final String PAGE = "report.html";

    /** Finds out which files there are; makes none of them. */
    static ReportFiles plan(ExperimentResult result, ReportPictures pictures) {
        // No figure needs a screen, and a machine without one must not look for it.
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        FigureFont font = FigureFont.forNames(Figures.names(result, pictures));
        Map<String, Supplier<BufferedImage>> figures = new LinkedHashMap<>();
        if (font.font() != null) {
            Figures.plan(result, pictures, font.font())
                    .forEach((name, figure) -> figures.put("figures/" + name, figure));
        }
        Map<String, Supplier<byte[]>> texts = new LinkedHashMap<>();
        texts.put(PAGE, () -> html(result, pictures, font.notes()).getBytes(StandardCharsets.UTF_8));
        FileNames folders = new FileNames();
        for (StrategyResult row : result.results()) {
            String folder = Report.EVENTS + "/" + folders.unique(row.strategy()) + "/";
            TensorBoard.files(row.history(), TargetWords.of(result.target()))
                    .forEach((name, content) -> texts.put(folder + name, () -> content));
        }
        return new ReportFiles(texts, figures);
    }

    static String html(ExperimentResult result, ReportPictures pictures, List<String> notes) {
        StringOutput output = new StringOutput(1 << 17);
        TemplateEngine templates =
                TemplateEngine.createPrecompiled(null, ContentType.Html, null, Report.class.getPackageName());
        templates.render("page.jte", Page.of(result, pictures, notes), new VisibleOutput(output));
        return output.toString();
    }

    /** The paths of all files. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(texts.keySet());
        names.addAll(figures.keySet());
        return names;
    }

    /** Makes and writes all files; the figures in the background, while the page is made. */
    void write(Path directory) {
        try (ListedFiles files = ListedFiles.of(directory, names())) {
            write(files::write);
        }
    }

    /** Makes all files and hands them on, by several threads; one that cannot be made does not keep the others away. */
    void write(BiConsumer<String, byte[]> store) {
        try (Figures drawing = Figures.start(figures, store)) {
            RuntimeException failure = null;
            for (Map.Entry<String, Supplier<byte[]>> text : texts.entrySet()) {
                try {
                    store.accept(text.getKey(), text.getValue().get());
                } catch (RuntimeException e) {
                    failure = failure == null ? e : failure;
                }
            }
            drawing.finish();
            if (failure != null) {
                throw failure;
            }
        }
    }
}
