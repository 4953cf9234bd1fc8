package dev.graft.report;

import dev.graft.error.Problem;
import dev.graft.error.StorageException;
import dev.graft.result.CalibrationResult;
import dev.graft.result.ExperimentResult;
import dev.graft.result.ReportPictures;
import dev.graft.result.ReportPictures.LabeledPicture;
import dev.graft.result.StrategyResult;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
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
    private final Map<String, Future<?>> drawing = new LinkedHashMap<>();

    private Figures() {}

    /**
     * Starts to draw figures.
     *
     * @param plan gives each figure, by its file's name
     * @param store takes each file; is called by several threads
     */
    static Figures start(Map<String, Supplier<BufferedImage>> plan, BiConsumer<String, byte[]> store) {
        Figures figures = new Figures();
        plan.forEach((name, figure) ->
                figures.drawing.put(name, figures.threads.submit(() -> store.accept(name, Canvas.png(figure.get())))));
        return figures;
    }

    /** Waits until every figure is written, and fails with what the first of those that could not be drawn met. */
    void finish() {
        List<StorageException> failures = new ArrayList<>();
        drawing.forEach((name, figure) -> {
            try {
                figure.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failures.add(failed(name, e));
            } catch (ExecutionException e) {
                failures.add(failed(name, Objects.requireNonNullElse(e.getCause(), e)));
            }
        });
        if (!failures.isEmpty()) {
            StorageException first = failures.get(0);
            failures.subList(1, failures.size()).forEach(first::addSuppressed);
            throw first;
        }
    }

    private static StorageException failed(String name, Throwable cause) {
        return new StorageException(
                Problem.of("A figure could not be written.").where(name).found(cause), cause);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** Which figures there are, by file name; those without anything to show are left out. */
    static Map<String, Supplier<BufferedImage>> plan(ExperimentResult result, ReportPictures pictures, Font font) {
        Map<String, Supplier<BufferedImage>> plan = new LinkedHashMap<>();
        Palette palette = Page.palette(result);
        List<StrategyResult> rows = result.results();
        TargetWords words = TargetWords.of(result.target());
        if (rows.stream().anyMatch(LearningChart::drawable)) {
            plan.put("curves-" + words.epochScore() + ".png", () -> ChartFigure.learning(
                            rows, Measure.ACCURACY, palette, words)
                    .draw(font));
            plan.put("curves-loss.png", () -> ChartFigure.learning(rows, Measure.LOSS, palette, words)
                    .draw(font));
        }
        if (DataSizeChart.drawable(result.curve())) {
            plan.put("data-size-curve.png", () -> ChartFigure.dataSize(result.curve(), result.trends(), palette, words)
                    .draw(font));
        }
        if (!rows.isEmpty()) {
            plan.put("comparison.png", () -> ChartFigure.comparison(rows, palette, words)
                    .draw(font));
        }
        int numClasses = result.target().classes().size();
        if (!result.verdict().probes().isEmpty()) {
            plan.put("probes.png", () -> ChartFigure.probes(result.verdict().probes(), numClasses, words)
                    .draw(font));
        }
        samples(plan, "source-samples.png", pictures.sourceSamples(), !words.areClasses(), font);
        samples(plan, "target-samples.png", pictures.targetSamples(), !words.areClasses(), font);
        FileNames names = new FileNames();
        for (StrategyResult row : rows) {
            String name = names.unique(row.strategy());
            ConfusionView confusion =
                    ConfusionView.of(row.classification(), result.target().classes());
            if (confusion.size() > 0) {
                plan.put(
                        "confusion-" + name + ".png",
                        () -> ConfusionFigure.draw(row.strategy(), confusion, words, font));
            }
            CalibrationResult calibration = row.calibration();
            if (calibration != null && ChartFigure.drawable(calibration)) {
                Color colour = Palette.onPaper(palette.of(row.strategy()));
                plan.put("reliability-" + name + ".png", () -> ChartFigure.reliability(
                                row.strategy(), calibration, colour)
                        .draw(font));
            }
            if (pictured(pictures) && !row.topLosses().isEmpty()) {
                List<PictureGrid.Cell> cells =
                        PictureGrid.predictions(row.topLosses(), result.target().classes(), pictures);
                plan.put(
                        "surest-mistakes-" + name + ".png",
                        () -> PictureGrid.draw(
                                "Surest mistakes of " + row.strategy(), cells, !words.areClasses(), font));
            }
            if (pictured(pictures) && !row.gallery().isEmpty()) {
                List<PictureGrid.Cell> cells =
                        PictureGrid.gallery(row, result.target().classes(), pictures);
                plan.put(
                        "gallery-" + name + ".png",
                        () -> PictureGrid.draw("Predictions of " + row.strategy(), cells, !words.areClasses(), font));
            }
        }
        answers(plan, Answers.of(rows, words, numClasses), pictures, palette, font);
        return plan;
    }

    private static void answers(
            Map<String, Supplier<BufferedImage>> plan,
            List<Answers> all,
            ReportPictures pictures,
            Palette palette,
            Font font) {
        FileNames names = new FileNames();
        for (Answers answers : all) {
            String strategy = answers.row().strategy();
            String name = names.unique(strategy);
            if (!answers.scatters().isEmpty()) {
                Color colour = Palette.onPaper(palette.of(strategy));
                plan.put("numbers-" + name + ".png", () -> ChartFigure.scatter(answers, colour)
                        .draw(font));
            }
            if (pictured(pictures) && !answers.told().worst().isEmpty()) {
                plan.put(
                        "largest-errors-" + name + ".png",
                        () -> PictureGrid.draw("Largest errors of " + strategy, answers.cells(pictures), true, font));
            }
        }
    }

    /** Whether predictions can be drawn: texts are read, on the page. */
    private static boolean pictured(ReportPictures pictures) {
        return pictures.testTexts().isEmpty() || !pictures.testImages().isEmpty();
    }

    private static void samples(
            Map<String, Supplier<BufferedImage>> plan,
            String name,
            List<LabeledPicture> samples,
            boolean whole,
            Font font) {
        if (!samples.isEmpty()) {
            String title = name.startsWith("source") ? "Samples of the source data" : "Samples of the target data";
            plan.put(name, () -> PictureGrid.draw(title, PictureGrid.samples(samples), whole, font));
        }
    }

    /** The names that the figures show. */
    static List<String> names(ExperimentResult result, ReportPictures pictures) {
        Stream<String> strategies = result.results().stream().map(StrategyResult::strategy);
        Stream<String> cuts = result.verdict().probes().stream().map(IntervalChart::name);
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
