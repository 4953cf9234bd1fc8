package dev.graft.report;

import dev.graft.result.Interval;
import dev.graft.result.ProbeResult;
import dev.graft.result.StrategyResult;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Draws accuracies, or other main measures, with their intervals, a row each, beside a reference.
 *
 * @param label what the chart shows, for those who do not see it
 * @param axis what the axis shows
 * @param rows the rows, from above
 * @param reference the accuracy of the reference; NaN for none
 * @param referenceName what the reference is
 * @param words the words for what was measured
 */
record IntervalChart(
        String label, String axis, List<Row> rows, double reference, String referenceName, TargetWords words) {
    private static final double ROW = 34;
    private static final double TOP = 30;
    private static final double BOTTOM = 40;
    private static final double VALUE_WIDTH = 56;
    private static final double INTERVAL_WIDTH = 108;
    private static final double FONT = 13;

    /**
     * One accuracy.
     *
     * @param style the class that gives the row its colour
     */
    record Row(String name, String style, Marker marker, double accuracy, Interval interval, String description) {}

    /** What each cut's features still tell apart, beside chance. */
    static IntervalChart probes(List<ProbeResult> probes, int numClasses, TargetWords words) {
        List<Row> rows = probes.stream()
                .map(probe -> new Row(
                        name(probe), "probe", Marker.CIRCLE, probe.accuracy(), probe.interval(), description(probe)))
                .toList();
        return new IntervalChart(
                words.title() + " of a " + words.probe() + " on the frozen features, for each cut, with intervals",
                "cross-validated " + words.measure(),
                rows,
                words.guessing(numClasses),
                words.guess(numClasses),
                words);
    }

    /** The strategies on the test data, beside training from scratch. */
    static IntervalChart strategies(List<StrategyResult> results, Palette palette, TargetWords words) {
        List<Row> rows = results.stream()
                .map(result -> {
                    SeriesStyle style = palette.of(result.strategy());
                    return new Row(
                            result.strategy(),
                            style.cssClass(),
                            style.marker(),
                            result.testAccuracy(),
                            result.interval(),
                            "");
                })
                .toList();
        double scratch = results.stream()
                .filter(result -> result.strategy().equals(Headline.SCRATCH))
                .mapToDouble(StrategyResult::testAccuracy)
                .findFirst()
                .orElse(Double.NaN);
        return new IntervalChart(
                "Test " + words.measure() + " of each strategy, with intervals",
                "test " + words.measure(),
                rows,
                scratch,
                "from scratch",
                words);
    }

    /** How a probe is called: its cut, and the pooling unless there was none. */
    static String name(ProbeResult probe) {
        return probe.pooling().equals("none") ? probe.cut() : probe.cut() + " · " + probe.pooling();
    }

    /**
     * Draws the chart.
     *
     * @param width how many units wide
     * @param intervals whether the intervals are written beside the values
     */
    Drawing draw(double width, boolean intervals) {
        boolean narrow = width < 500;
        double left = narrow ? 14 : 250;
        double row = narrow ? ROW + 14 : ROW;
        double height = TOP + rows.size() * row + BOTTOM;
        double right = width - VALUE_WIDTH - (intervals ? INTERVAL_WIDTH : 0);
        Scale scale = words.scale(DoubleStream.concat(
                        DoubleStream.of(reference),
                        rows.stream()
                                .flatMapToDouble(one -> DoubleStream.of(
                                        one.accuracy(), one.interval().lower()))))
                .over(left, right);
        Drawing drawing = new Drawing(width, height, label);
        axis(drawing, scale, height);
        if (Double.isFinite(reference)) {
            double place = scale.at(reference);
            drawing.line("reference", place, TOP - 8, place, height - BOTTOM);
            drawing.text(place > left + 40 ? "note middle" : "note", place, TOP - 14, referenceName);
        }
        for (int i = 0; i < rows.size(); i++) {
            Row one = rows.get(i);
            double top = TOP + i * row;
            double y = narrow ? top + row - 14 : top + row / 2;
            drawing.group(one.style());
            if (!one.description().isEmpty()) {
                drawing.tooltip(one.description());
            }
            String name = TextFit.shorten(one.name(), (narrow ? width - 30 : left - 20) / FONT);
            drawing.text(narrow ? "label" : "label end", narrow ? left : left - 14, narrow ? y - 14 : y + 4, name);
            drawing.line("track", scale.from(), y, scale.to(), y);
            dot(drawing, scale, one.interval(), one.accuracy(), one.marker(), y);
            drawing.text("value end", right + VALUE_WIDTH - 4, y + 4.5, Numbers.ratio(one.accuracy()));
            if (intervals) {
                drawing.text("note end", width - 4, y + 4.5, Numbers.interval(one.interval()));
            }
            drawing.end();
        }
        return drawing;
    }

    /** Draws an accuracy on its interval. */
    static void dot(Drawing drawing, Scale scale, Interval interval, double accuracy, Marker marker, double y) {
        drawing.line("whisker", scale.at(interval.lower()), y, scale.at(interval.upper()), y);
        if (Double.isFinite(accuracy)) {
            drawing.marker("dot", marker, scale.at(accuracy), y, 5.5);
        }
    }

    private void axis(Drawing drawing, Scale scale, double height) {
        for (double tick : scale.ticks(5)) {
            drawing.line("grid", scale.at(tick), TOP - 8, scale.at(tick), height - BOTTOM);
            drawing.text("tick middle", scale.at(tick), height - BOTTOM + 16, Numbers.tick(tick, scale.step(5)));
        }
        drawing.text("axis middle", (scale.from() + scale.to()) / 2, height - 6, axis);
    }

    private static String description(ProbeResult probe) {
        return name(probe) + ": " + Numbers.ratio(probe.accuracy()) + ", 95% interval "
                + Numbers.interval(probe.interval()) + ", " + Numbers.count(probe.features()) + " features";
    }
}
