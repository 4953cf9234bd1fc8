package dev.graft.report;

import dev.graft.report.Canvas.Anchor;
import dev.graft.result.CalibrationResult;
import dev.graft.result.CurvePoint;
import dev.graft.result.DataSizeTrend;
import dev.graft.result.ProbeResult;
import dev.graft.result.ReliabilityBin;
import dev.graft.result.StrategyResult;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Charts of the page on white paper, under a title.
 *
 * @param title the title
 * @param subtitle what the colours and lines mean; empty where the charts say so
 * @param columns how many charts stand side by side
 * @param scale units of the figure for one of a chart
 * @param panels the charts, all of one size
 */
record ChartFigure(String title, String subtitle, int columns, double scale, List<Panel> panels) {
    private static final double MARGIN = 24;
    private static final double TITLE = 52;
    private static final double SUBTITLE = 22;
    private static final double PANEL_TITLE = 24;
    private static final double WIDE = 900;

    /**
     * A chart in a figure.
     *
     * @param title what stands above it; empty for nothing
     * @param colour the colour of what has none of its own
     */
    record Panel(String title, Color colour, Drawing chart) {}

    /** The strategies on the test data, with training from scratch as reference. */
    static ChartFigure comparison(List<StrategyResult> results, Palette palette, TargetWords words) {
        return single(
                "Test " + words.measure() + " with 95% intervals",
                IntervalChart.strategies(results, palette, words).draw(WIDE, true));
    }

    /** The probes, with chance as reference. */
    static ChartFigure probes(List<ProbeResult> probes, int numClasses, TargetWords words) {
        return single(
                words.probing(), IntervalChart.probes(probes, numClasses, words).draw(WIDE, true));
    }

    /** The mean of the main measure by the amount of training data, a line and a band for each strategy. */
    static ChartFigure dataSize(
            List<CurvePoint> curve, List<DataSizeTrend> trends, Palette palette, TargetWords words) {
        return single(
                "Mean test " + words.measure() + " by number of training examples",
                DataSizeChart.draw(curve, trends, palette, WIDE, words));
    }

    /** A measure by epoch, a panel for each strategy that has a curve, on shared axes. */
    static ChartFigure learning(List<StrategyResult> results, Measure measure, Palette palette, TargetWords words) {
        LearningChart chart = LearningChart.of(measure, results, palette, words);
        List<Panel> panels = results.stream()
                .filter(LearningChart::drawable)
                .map(row -> new Panel(row.strategy(), Canvas.INK, chart.draw(row)))
                .toList();
        String title = TargetWords.capital(measure.title(words)) + " by epoch";
        String lines = "solid: validation, dashed: training, upright: a new phase";
        return new ChartFigure(title, lines, Math.min(3, panels.size()), 1.15, panels);
    }

    /** Told against true numbers, a panel for each. */
    static ChartFigure scatter(Answers answers, Color colour) {
        List<Panel> panels = answers.scatters().stream()
                .map(scatter -> new Panel(scatter.name(), colour, ScatterChart.draw(scatter.points(), scatter.name())))
                .toList();
        return new ChartFigure(
                "Numbers told by " + answers.row().strategy(),
                "on the dashed line what is told is true",
                Math.min(3, panels.size()),
                1.1,
                panels);
    }

    /** Whether any of the reliability diagrams has more than one bar. */
    static boolean drawable(CalibrationResult result) {
        return ReliabilityChart.drawable(result.binsBefore())
                || (result.fitted() && ReliabilityChart.drawable(result.binsAfter()));
    }

    /** Reliability diagrams, before and after calibration side by side. */
    static ChartFigure reliability(String strategy, CalibrationResult result, Color colour) {
        List<Panel> panels = new ArrayList<>();
        String before = result.fitted() ? "before" : "not calibrated";
        panels.add(reliability(before, result.eceBefore(), result.binsBefore(), colour));
        if (result.fitted()) {
            panels.add(reliability("after", result.eceAfter(), result.binsAfter(), colour));
        }
        return new ChartFigure(
                "Reliability of " + strategy,
                "bars: accuracy, red: gap to the confidence, below: predictions",
                panels.size(),
                1.1,
                panels);
    }

    private static Panel reliability(String when, double error, List<ReliabilityBin> bins, Color colour) {
        return new Panel(when + ", error " + Numbers.ratio(error), colour, ReliabilityChart.draw(bins, when));
    }

    private static ChartFigure single(String title, Drawing chart) {
        return new ChartFigure(title, "", 1, 1, List.of(new Panel("", Canvas.INK, chart)));
    }

    /** Paints the figure. */
    BufferedImage draw(Font font) {
        Drawing first = panels.get(0).chart();
        double top = TITLE + (subtitle.isEmpty() ? 0 : SUBTITLE);
        double above = panels.get(0).title().isEmpty() ? 0 : PANEL_TITLE;
        double across = first.width() * scale + MARGIN;
        double down = above + first.height() * scale + MARGIN;
        int lines = (panels.size() + columns - 1) / columns;
        double width = MARGIN + columns * across;
        Canvas canvas = new Canvas((int) Math.ceil(width), (int) Math.ceil(top + lines * down), font);
        canvas.text(canvas.fit(title, width - 2 * MARGIN, 18), MARGIN, 34, 18, true, Canvas.INK, Anchor.START);
        canvas.text(subtitle, MARGIN, 56, 12, false, Canvas.MUTED, Anchor.START);
        for (int i = 0; i < panels.size(); i++) {
            Panel panel = panels.get(i);
            int line = i / columns;
            double left = MARGIN + i % columns * across;
            double upper = top + line * down + above;
            String name = canvas.fit(panel.title(), across - 2 * MARGIN, 14);
            canvas.text(name, left, upper - 8, 14, true, Canvas.INK, Anchor.START);
            PaperPainter.paint(panel.chart(), canvas, left, upper, scale, panel.colour());
        }
        return canvas.finish();
    }
}
