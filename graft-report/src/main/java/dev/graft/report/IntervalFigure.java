package dev.graft.report;

import dev.graft.report.Canvas.Anchor;
import dev.graft.result.Interval;
import dev.graft.result.ProbeResult;
import dev.graft.result.StrategyResult;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Draws accuracies as dots with their intervals, a row each. Drawn by hand: the bars of XChart know symmetric errors
 * only, and intervals of accuracies near 1 are not symmetric.
 *
 * @param palette the strategies' colours
 * @param font the font of all text
 */
record IntervalFigure(Palette palette, Font font) {
    private static final int WIDTH = 900;
    private static final int LEFT = 290;
    private static final int RIGHT = 190;
    private static final int TOP = 76;
    private static final int ROW = 44;
    private static final int BOTTOM = 54;

    private record Row(String name, double accuracy, Interval interval, Marker marker, Color colour) {}

    /** The strategies on the test data, with training from scratch as reference. */
    BufferedImage comparison(List<StrategyResult> results) {
        List<Row> rows = results.stream()
                .map(result -> new Row(
                        result.strategy(),
                        result.testAccuracy(),
                        result.interval(),
                        palette.of(result.strategy()).marker(),
                        Palette.onPaper(palette.of(result.strategy()))))
                .toList();
        double scratch = results.stream()
                .filter(result -> result.strategy().equals(Headline.SCRATCH))
                .mapToDouble(StrategyResult::testAccuracy)
                .findFirst()
                .orElse(Double.NaN);
        return draw("Test accuracy with 95% intervals", "test accuracy", rows, scratch, "from scratch");
    }

    /** The probes, with chance as reference. */
    BufferedImage probes(List<ProbeResult> probes, int numClasses) {
        SeriesStyle style = new SeriesStyle(1, Marker.CIRCLE, false);
        List<Row> rows = probes.stream()
                .map(probe -> new Row(
                        ProbeChart.name(probe),
                        probe.accuracy(),
                        probe.interval(),
                        style.marker(),
                        Palette.onPaper(style)))
                .toList();
        double chance = 1.0 / Math.max(1, numClasses);
        return draw("What the source features still tell apart", "cross-validated accuracy", rows, chance, "chance");
    }

    private BufferedImage draw(String title, String axis, List<Row> rows, double reference, String referenceName) {
        int height = TOP + rows.size() * ROW + BOTTOM;
        Canvas canvas = new Canvas(WIDTH, height, font);
        DoubleStream lowest = rows.stream()
                .mapToDouble(row -> Math.min(row.accuracy(), row.interval().lower()));
        Scale scale = Scale.accuracies(DoubleStream.concat(DoubleStream.of(reference), lowest))
                .over(LEFT, WIDTH - RIGHT);
        canvas.text(title, 24, 34, 18, true, Canvas.INK, Anchor.START);
        for (double tick : scale.ticks(5)) {
            canvas.line(scale.at(tick), TOP, scale.at(tick), height - BOTTOM, Canvas.LINE, 1, false);
            String text = Numbers.tick(tick, scale.step(5));
            canvas.text(text, scale.at(tick), height - BOTTOM + 18, 12, false, Canvas.MUTED, Anchor.MIDDLE);
        }
        double middle = (scale.from() + scale.to()) / 2;
        canvas.text(axis, middle, height - 12, 12, false, Canvas.MUTED, Anchor.MIDDLE);
        if (Double.isFinite(reference)) {
            double place = scale.at(reference);
            canvas.line(place, TOP - 4, place, height - BOTTOM, Canvas.MUTED, 1.4, true);
            canvas.text(referenceName, place, TOP - 10, 12, false, Canvas.MUTED, Anchor.MIDDLE);
        }
        for (int i = 0; i < rows.size(); i++) {
            row(canvas, scale, rows.get(i), TOP + i * ROW + ROW / 2.0);
        }
        return canvas.finish();
    }

    private static void row(Canvas canvas, Scale scale, Row row, double y) {
        String name = canvas.fit(row.name(), LEFT - 44, 13);
        canvas.text(name, LEFT - 20, y + 5, 13, false, Canvas.INK, Anchor.END);
        double from = scale.at(row.interval().lower());
        canvas.line(from, y, scale.at(row.interval().upper()), y, row.colour(), 2.6, false);
        if (Double.isFinite(row.accuracy())) {
            canvas.marker(row.marker(), scale.at(row.accuracy()), y, 6.5, row.colour());
        }
        double left = WIDTH - RIGHT + 18;
        canvas.text(Numbers.ratio(row.accuracy()), left, y + 5, 14, true, Canvas.INK, Anchor.START);
        String interval = Numbers.interval(row.interval());
        canvas.text(interval, left + 50, y + 5, 12, false, Canvas.MUTED, Anchor.START);
    }
}
