package dev.graft.report;

import dev.graft.result.StrategyResult;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Draws one dot with its interval for each row of the comparison table, all on one axis.
 *
 * @param scale the axis that the rows share
 * @param scratch the row of training from scratch, drawn as a reference line; null if it was not run
 * @param palette the strategies' colours
 */
record ComparisonChart(Scale scale, @Nullable StrategyResult scratch, Palette palette) {
    private static final double WIDTH = 190;
    private static final double HEIGHT = 34;
    private static final double MARGIN = 12;

    /** Finds the axis that shows every row. */
    static ComparisonChart of(
            List<StrategyResult> results, @Nullable StrategyResult scratch, Palette palette, TargetWords words) {
        DoubleStream lowest = results.stream()
                .flatMapToDouble(row ->
                        DoubleStream.of(row.testAccuracy(), row.interval().lower()));
        return new ComparisonChart(words.scale(lowest).over(MARGIN, WIDTH - MARGIN), scratch, palette);
    }

    /** The axis, for the table's head. */
    Drawing axis() {
        Drawing drawing = new Drawing(WIDTH, 18, "");
        for (double tick : scale.ticks(4)) {
            drawing.text("tick middle", scale.at(tick), 13, Numbers.tick(tick, scale.step(4)));
        }
        return drawing;
    }

    /** The dot and interval of one row. */
    Drawing row(StrategyResult row) {
        SeriesStyle style = palette.of(row.strategy());
        String text = row.strategy() + ": " + Numbers.ratio(row.testAccuracy()) + ", 95% interval "
                + Numbers.interval(row.interval());
        Drawing drawing = new Drawing(WIDTH, HEIGHT, text);
        for (double tick : scale.ticks(4)) {
            drawing.line("grid", scale.at(tick), 0, scale.at(tick), HEIGHT);
        }
        if (scratch != null && Double.isFinite(scratch.testAccuracy())) {
            drawing.line("reference", scale.at(scratch.testAccuracy()), 0, scale.at(scratch.testAccuracy()), HEIGHT);
        }
        drawing.group(style.cssClass()).tooltip(text);
        double middle = HEIGHT / 2;
        IntervalChart.dot(drawing, scale, row.interval(), row.testAccuracy(), style.marker(), middle);
        return drawing.end();
    }
}
