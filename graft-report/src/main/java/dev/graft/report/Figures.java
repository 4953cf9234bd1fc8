package dev.graft.report;

import dev.graft.result.CalibrationResult;
import dev.graft.result.ExperimentResult;
import dev.graft.result.ReportPictures;
import dev.graft.result.ReportPictures.LabeledPicture;
import dev.graft.result.StrategyResult;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Draws the PNG figures in the background while the page is written. */
final class Figures implements AutoCloseable {
    private static final int THREADS = 2;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "graft-figures");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Future<?>> drawing = new ArrayList<>();
    private final Future<FigureFont> planning;

    private Figures(Path directory, ExperimentResult result, ReportPictures pictures) {
        this.planning = threads.submit(() -> plan(directory, result, pictures));
    }

    /** Starts to draw the figures of an experiment into a directory, which is created. */
    static Figures start(Path directory, ExperimentResult result, ReportPictures pictures) {
        // No figure needs a screen, and a machine without one must not look for it.
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        return new Figures(directory, result, pictures);
    }

    /** Waits until the font is known, and says what the reader of the page should know about the figures. */
    List<String> notes() throws IOException {
        return await(planning).notes();
    }

    /** Waits until every figure is written. */
    void finish() throws IOException {
        await(planning);
        for (Future<?> figure : drawing) {
            await(figure);
        }
    }

    private static <T> T await(Future<T> work) throws IOException {
        try {
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while drawing the figures", e);
        } catch (ExecutionException e) {
            throw new IOException("a figure could not be written: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private FigureFont plan(Path directory, ExperimentResult result, ReportPictures pictures) throws IOException {
        FigureFont font = FigureFont.forNames(names(result, pictures));
        if (font.font() != null) {
            Files.createDirectories(directory);
            plan(result, pictures, font.font()).forEach((name, figure) -> draw(directory.resolve(name), figure));
        }
        return font;
    }

    private void draw(Path file, Supplier<BufferedImage> figure) {
        drawing.add(threads.submit(() -> Files.write(file, Canvas.png(figure.get()))));
    }

    /** Which figures there are, by file name; those without anything to show are left out. */
    static Map<String, Supplier<BufferedImage>> plan(ExperimentResult result, ReportPictures pictures, Font font) {
        Map<String, Supplier<BufferedImage>> plan = new LinkedHashMap<>();
        Palette palette = Page.palette(result);
        LineFigures lines = new LineFigures(palette, font);
        IntervalFigure intervals = new IntervalFigure(palette, font);
        List<StrategyResult> rows = result.results();
        if (rows.stream().anyMatch(row -> !row.history().isEmpty())) {
            plan.put("curves-accuracy.png", () -> lines.learning(rows, Measure.ACCURACY));
            plan.put("curves-loss.png", () -> lines.learning(rows, Measure.LOSS));
        }
        if (!result.curve().isEmpty()) {
            plan.put("data-size-curve.png", () -> lines.dataSize(result.curve(), result.trends()));
        }
        if (!rows.isEmpty()) {
            plan.put("comparison.png", () -> intervals.comparison(rows));
        }
        int numClasses = result.target().classes().size();
        if (!result.verdict().probes().isEmpty()) {
            plan.put("probes.png", () -> intervals.probes(result.verdict().probes(), numClasses));
        }
        samples(plan, "source-samples.png", pictures.sourceSamples(), font);
        samples(plan, "target-samples.png", pictures.targetSamples(), font);
        FileNames names = new FileNames();
        for (StrategyResult row : rows) {
            String name = names.unique(row.strategy());
            ConfusionView confusion =
                    ConfusionView.of(row.classification(), result.target().classes());
            if (confusion.size() > 0) {
                plan.put("confusion-" + name + ".png", () -> ConfusionFigure.draw(row.strategy(), confusion, font));
            }
            CalibrationResult calibration = row.calibration();
            if (calibration != null) {
                Color colour = Palette.onPaper(palette.of(row.strategy()));
                plan.put(
                        "reliability-" + name + ".png",
                        () -> ReliabilityFigure.draw(row.strategy(), calibration, colour, font));
            }
            if (pictured(pictures) && !row.topLosses().isEmpty()) {
                List<PictureGrid.Cell> cells =
                        PictureGrid.predictions(row.topLosses(), result.target().classes(), pictures);
                plan.put(
                        "surest-mistakes-" + name + ".png",
                        () -> PictureGrid.draw("Surest mistakes of " + row.strategy(), cells, font));
            }
            if (pictured(pictures) && !row.gallery().isEmpty()) {
                List<PictureGrid.Cell> cells =
                        PictureGrid.gallery(row, result.target().classes(), pictures);
                plan.put(
                        "gallery-" + name + ".png",
                        () -> PictureGrid.draw("Predictions of " + row.strategy(), cells, font));
            }
        }
        return plan;
    }

    /** Whether predictions can be drawn: texts are read, on the page. */
    private static boolean pictured(ReportPictures pictures) {
        return pictures.testTexts().isEmpty() || !pictures.testImages().isEmpty();
    }

    private static void samples(
            Map<String, Supplier<BufferedImage>> plan, String name, List<LabeledPicture> samples, Font font) {
        if (!samples.isEmpty()) {
            String title = name.startsWith("source") ? "Samples of the source data" : "Samples of the target data";
            plan.put(name, () -> PictureGrid.draw(title, PictureGrid.samples(samples), font));
        }
    }

    private static List<String> names(ExperimentResult result, ReportPictures pictures) {
        Stream<String> strategies = result.results().stream().map(StrategyResult::strategy);
        Stream<String> cuts = result.verdict().probes().stream().map(ProbeChart::name);
        Stream<String> labels = Stream.concat(pictures.sourceSamples().stream(), pictures.targetSamples().stream())
                .map(LabeledPicture::label);
        Stream<String> captions = result.results().stream()
                .filter(row -> pictured(pictures))
                .flatMap(row -> row.topLosses().stream())
                .flatMap(mistake -> Stream.ofNullable(mistake.caption()));
        return Stream.of(result.target().classes().stream(), labels, strategies, cuts, captions)
                .flatMap(names -> names)
                .toList();
    }
}
