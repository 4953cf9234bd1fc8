package dev.graft.report;

import dev.graft.report.Drawing.Point;
import dev.graft.result.EpochResult;
import dev.graft.result.StrategyResult;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Draws a measure over the epochs of one strategy, on axes that all strategies share.
 *
 * @param measure what it shows
 * @param values the shared axis of values
 * @param epochs the longest history
 * @param palette the strategies' colours
 * @param words the words for what was measured
 */
record LearningChart(Measure measure, Scale values, int epochs, Palette palette, TargetWords words) {
    private static final double WIDTH = 280;
    private static final double HEIGHT = 190;
    private static final double LEFT = 38;
    private static final double RIGHT = 8;
    private static final double TOP = 10;
    private static final double BOTTOM = 36;
    private static final int MOST_MARKERS = 25;

    /** Whether a strategy has a curve: one epoch is a point. */
    static boolean drawable(StrategyResult row) {
        return row.history().size() > 1;
    }

    /** Finds the axes that show every strategy that has a curve. */
    static LearningChart of(Measure measure, List<StrategyResult> results, Palette palette, TargetWords words) {
        List<StrategyResult> rows =
                results.stream().filter(LearningChart::drawable).toList();
        int epochs = rows.stream()
                .flatMap(row -> row.history().stream())
                .mapToInt(EpochResult::epoch)
                .max()
                .orElse(1);
        return new LearningChart(
                measure, measure.shared(rows, words).over(HEIGHT - BOTTOM, TOP), epochs, palette, words);
    }

    /** Draws one strategy. */
    Drawing draw(StrategyResult row) {
        Scale x = new Scale(1, Math.max(2, epochs), LEFT + 8, WIDTH - RIGHT - 4);
        SeriesStyle style = palette.of(row.strategy());
        Drawing drawing =
                new Drawing(WIDTH, HEIGHT, row.strategy() + ": " + measure.title(words) + " by epoch. " + ends(row));
        axes(drawing, x);
        phases(drawing, row, x);
        drawing.group(style.cssClass());
        series(drawing, row, x, measure::training, "line thin dashed", "dot hollow", style);
        series(drawing, row, x, measure::validation, "line", "dot", style);
        return drawing.end();
    }

    private void axes(Drawing drawing, Scale x) {
        for (double tick : values.ticks(4)) {
            drawing.line("grid", LEFT, values.at(tick), WIDTH - RIGHT, values.at(tick));
            drawing.text("tick end", LEFT - 6, values.at(tick) + 4, Numbers.tick(tick, values.step(4)));
        }
        int step = Math.max(1, (int) Math.ceil(epochs / 6.0));
        for (long epoch = 1; epoch <= epochs; epoch += step) {
            drawing.text("tick middle", x.at((double) epoch), HEIGHT - BOTTOM + 16, Long.toString(epoch));
        }
        drawing.text("axis middle", (x.from() + x.to()) / 2, HEIGHT - 4, "epoch");
    }

    private void phases(Drawing drawing, StrategyResult row, Scale x) {
        List<EpochResult> history = row.history();
        for (int i = 1; i < history.size(); i++) {
            if (!history.get(i).phase().equals(history.get(i - 1).phase())) {
                double place = x.at(history.get(i).epoch() - 0.5);
                drawing.group("phase").tooltip("phase " + history.get(i).phase());
                drawing.line("reference", place, TOP, place, HEIGHT - BOTTOM).end();
            }
        }
    }

    private void series(
            Drawing drawing,
            StrategyResult row,
            Scale x,
            ToDoubleFunction<EpochResult> value,
            String line,
            String dot,
            SeriesStyle style) {
        List<Point> points = row.history().stream()
                .map(epoch -> new Point(x.at(epoch.epoch()), finite(value.applyAsDouble(epoch))))
                .toList();
        drawing.curve(line, points);
        if (points.size() > MOST_MARKERS) {
            return;
        }
        for (int i = 0; i < points.size(); i++) {
            EpochResult epoch = row.history().get(i);
            if (Double.isFinite(points.get(i).y())) {
                drawing.group("point").tooltip(description(epoch));
                drawing.marker(
                                dot,
                                style.marker(),
                                points.get(i).x(),
                                points.get(i).y(),
                                3.2)
                        .end();
            }
        }
    }

    private double finite(double value) {
        return Double.isFinite(value) ? values.at(value) : Double.NaN;
    }

    private String ends(StrategyResult row) {
        return row.history().isEmpty()
                ? ""
                : "Last: " + description(row.history().get(row.history().size() - 1));
    }

    private String description(EpochResult epoch) {
        return "epoch " + epoch.epoch() + " (" + epoch.phase() + "): training " + measure.text(measure.training(epoch))
                + ", validation " + measure.text(measure.validation(epoch));
    }
}
