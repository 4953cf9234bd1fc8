package dev.graft.report;

import dev.graft.result.TargetResult.Point;
import java.util.List;
import java.util.stream.DoubleStream;

/** Draws told against true numbers in a square, one scale on both axes: what is told rightly lies on the diagonal. */
final class ScatterChart {
    private static final double WIDTH = 370;
    private static final double LEFT = 58;
    private static final double TOP = 16;
    private static final double SIDE = 300;
    private static final double HEIGHT = TOP + SIDE + 44;
    private static final double RADIUS = 2.6;
    private static final int MOST_TICKS = 7;
    private static final int FEWEST_TICKS = 3;
    private static final int SHORT_LABEL = 5;
    private static final double MARGIN = 0.04;
    private static final double LARGEST = Double.MAX_VALUE / 8;

    private ScatterChart() {}

    /**
     * Draws the points of one number.
     *
     * @param points finite ones
     * @param label what the chart shows, for those who do not see it
     */
    static Drawing draw(List<Point> points, String label) {
        Scale x = range(points).over(LEFT, LEFT + SIDE);
        Scale y = x.over(TOP + SIDE, TOP);
        Drawing drawing = new Drawing(WIDTH, HEIGHT, label);
        int about = ticks(x);
        double step = x.step(about);
        for (double tick : x.ticks(about)) {
            drawing.line("grid", LEFT, y.at(tick), LEFT + SIDE, y.at(tick));
            drawing.line("grid", x.at(tick), TOP, x.at(tick), TOP + SIDE);
            drawing.text("tick end", LEFT - 7, y.at(tick) + 4, Numbers.tick(tick, step));
            drawing.text("tick middle", x.at(tick), TOP + SIDE + 16, Numbers.tick(tick, step));
        }
        drawing.line("reference", LEFT, TOP + SIDE, LEFT + SIDE, TOP);
        for (Point point : points) {
            drawing.marker("bar", Marker.CIRCLE, x.at(point.truth()), y.at(point.said()), RADIUS);
        }
        drawing.text("axis middle", LEFT + SIDE / 2, HEIGHT - 6, "true");
        drawing.group("upright");
        drawing.text("axis middle", 0, 0, "told");
        return drawing.end();
    }

    /** How many ticks have room for their labels side by side. */
    private static int ticks(Scale scale) {
        boolean fitting = scale.ticks(MOST_TICKS).stream()
                .allMatch(tick -> Numbers.tick(tick, scale.step(MOST_TICKS)).length() <= SHORT_LABEL);
        return fitting ? MOST_TICKS : FEWEST_TICKS;
    }

    /** The range that shows true and told numbers alike, with room at its ends. */
    static Scale range(List<Point> points) {
        double[] values = points.stream()
                .flatMapToDouble(point -> DoubleStream.of(point.truth(), point.said()))
                .map(value -> Math.max(-LARGEST, Math.min(LARGEST, value)))
                .toArray();
        double low = DoubleStream.of(values).min().orElse(0);
        double high = DoubleStream.of(values).max().orElse(1);
        double margin = MARGIN * (high - low);
        if (!(low - margin < low && high < high + margin)) {
            // All are one number, or too close to it to tell apart.
            margin = Math.max(1, 0.1 * Math.max(Math.abs(low), Math.abs(high)));
        }
        return new Scale(low - margin, high + margin, 0, 1);
    }
}
