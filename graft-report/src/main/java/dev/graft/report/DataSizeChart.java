package dev.graft.report;

import dev.graft.report.Drawing.Point;
import dev.graft.result.CurvePoint;
import dev.graft.result.DataSizeTrend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Draws the mean of the main measure against the amount of training data, on a logarithmic axis, a line and a band a strategy. */
final class DataSizeChart {
    private static final double LEFT = 46;
    private static final double TOP = 14;
    private static final double BOTTOM = 48;
    private static final double LABEL_HEIGHT = 17;
    private static final double FONT = 13;

    private static final int TREND_CORNERS = 40;
    private static final double FORETOLD = 2;

    private final List<CurvePoint> curve;
    private final List<DataSizeTrend> trends;
    private final Palette palette;
    private final Drawing drawing;
    private final double width;
    private final double height;
    private final boolean labelled;
    private final Scale x;
    private final Scale y;

    private DataSizeChart(
            List<CurvePoint> curve, List<DataSizeTrend> trends, Palette palette, double width, TargetWords words) {
        this.curve = curve;
        this.trends = trends;
        this.palette = palette;
        this.width = width;
        this.labelled = width >= 500;
        this.height = labelled ? 380 : 300;
        double right = width - (labelled ? 210 : 14);
        double fewest = curve.stream().mapToInt(CurvePoint::samples).min().orElse(1);
        double most = Math.max(
                curve.stream().mapToInt(CurvePoint::samples).max().orElse(1),
                trends.stream().mapToDouble(DataSizeChart::end).max().orElse(1));
        this.x = new Scale(Math.log10(Math.max(1, fewest)), Math.log10(Math.max(1, most)), LEFT + 10, right - 8);
        this.y = words.scale(curve.stream()
                        .flatMapToDouble(point -> DoubleStream.of(
                                point.meanAccuracy(), point.interval().lower())))
                .over(height - BOTTOM, TOP);
        this.drawing = new Drawing(
                width,
                height,
                "Mean test " + words.measure() + " against the number of training examples, a line for each strategy");
    }

    /** Whether there is a curve: several points at one number of examples make none. */
    static boolean drawable(List<CurvePoint> curve) {
        return curve.stream().mapToInt(CurvePoint::samples).distinct().count() > 1;
    }

    /** Draws the chart so many units wide; lines carry their names where there is room. */
    static Drawing draw(
            List<CurvePoint> curve, List<DataSizeTrend> trends, Palette palette, double width, TargetWords words) {
        return new DataSizeChart(curve, trends, palette, width, words).draw();
    }

    /** The last number of examples that is drawn of a trend. */
    static double end(DataSizeTrend trend) {
        return FORETOLD * trend.toSamples();
    }

    /** Numbers of examples along a trend, at equal distances on a logarithmic axis. */
    static double[] along(DataSizeTrend trend) {
        double ratio = end(trend) / trend.fromSamples();
        return IntStream.rangeClosed(0, TREND_CORNERS)
                .mapToDouble(i -> trend.fromSamples() * Math.pow(ratio, (double) i / TREND_CORNERS))
                .toArray();
    }

    /** The strategies of a curve, in order of appearance. */
    static List<String> strategies(List<CurvePoint> curve) {
        return curve.stream().map(CurvePoint::strategy).distinct().toList();
    }

    private Drawing draw() {
        axes();
        List<String> strategies = strategies(curve);
        strategies.forEach(this::band);
        trends.forEach(this::trend);
        strategies.forEach(this::line);
        if (labelled) {
            labels(strategies);
        }
        return drawing;
    }

    private void axes() {
        for (double tick : y.ticks(5)) {
            drawing.line("grid", LEFT, y.at(tick), x.to() + 8, y.at(tick));
            drawing.text("tick end", LEFT - 8, y.at(tick) + 4, Numbers.tick(tick, y.step(5)));
        }
        double last = -100;
        for (int samples :
                curve.stream().mapToInt(CurvePoint::samples).distinct().sorted().toArray()) {
            double place = place(samples);
            drawing.line("grid", place, height - BOTTOM, place, height - BOTTOM + 5);
            String text = Numbers.count(samples);
            if (place - last >= TextFit.width(text) * FONT + 8) {
                drawing.text("tick middle", place, height - BOTTOM + 20, text);
                last = place;
            }
        }
        drawing.text("axis middle", (x.from() + x.to()) / 2, height - 6, "training examples (logarithmic)");
    }

    private void band(String strategy) {
        List<CurvePoint> points = points(strategy);
        List<Point> corners = new ArrayList<>();
        points.forEach(point -> corners.add(
                new Point(place(point.samples()), y.at(point.interval().upper()))));
        for (int i = points.size() - 1; i >= 0; i--) {
            CurvePoint point = points.get(i);
            corners.add(new Point(place(point.samples()), y.at(point.interval().lower())));
        }
        drawing.group(palette.of(strategy).cssClass()).area("band", corners).end();
    }

    private void line(String strategy) {
        SeriesStyle style = palette.of(strategy);
        List<CurvePoint> points = points(strategy);
        drawing.group(style.cssClass());
        drawing.curve(
                style.baseline() ? "line dashed" : "line",
                points.stream()
                        .map(point -> new Point(place(point.samples()), y.at(point.meanAccuracy())))
                        .toList());
        for (CurvePoint point : points) {
            if (Double.isFinite(point.meanAccuracy())) {
                drawing.group("point").tooltip(description(point));
                drawing.marker("dot", style.marker(), place(point.samples()), y.at(point.meanAccuracy()), 4.5)
                        .end();
            }
        }
        drawing.end();
    }

    private void trend(DataSizeTrend trend) {
        drawing.group(palette.of(trend.strategy()).cssClass());
        drawing.curve(
                "trend",
                Arrays.stream(along(trend))
                        .mapToObj(samples ->
                                new Point(x.at(Math.log10(Math.max(1, samples))), y.at(trend.accuracyAt(samples))))
                        .toList());
        drawing.end();
    }

    private record Label(String strategy, double wanted, double given) {}

    private void labels(List<String> strategies) {
        double left = x.to() + 26;
        for (Label label : spread(strategies)) {
            drawing.group(palette.of(label.strategy()).cssClass());
            drawing.line("leader", x.to() + 8, label.wanted(), left - 4, label.given());
            String name = TextFit.shorten(label.strategy(), (width - left) / FONT);
            drawing.text("name", left, label.given() + 4, name).end();
        }
    }

    /** Moves labels apart, downwards first, so that none covers another. */
    private List<Label> spread(List<String> strategies) {
        List<Label> wanted = strategies.stream()
                .map(strategy -> new Label(strategy, lastHeight(strategy), 0))
                .sorted(Comparator.comparingDouble(Label::wanted))
                .collect(Collectors.toCollection(ArrayList::new));
        double floor = height - BOTTOM - (wanted.size() - 1) * LABEL_HEIGHT;
        double next = TOP;
        for (int i = 0; i < wanted.size(); i++) {
            Label label = wanted.get(i);
            double given = Math.min(Math.max(next, label.wanted()), Math.max(next, floor + i * LABEL_HEIGHT));
            wanted.set(i, new Label(label.strategy(), label.wanted(), given));
            next = given + LABEL_HEIGHT;
        }
        return wanted;
    }

    private double lastHeight(String strategy) {
        List<CurvePoint> points = points(strategy);
        double accuracy = points.get(points.size() - 1).meanAccuracy();
        return Double.isFinite(accuracy) ? y.at(accuracy) : height - BOTTOM;
    }

    private List<CurvePoint> points(String strategy) {
        return curve.stream()
                .filter(point -> point.strategy().equals(strategy))
                .sorted(Comparator.comparingInt(CurvePoint::samples))
                .toList();
    }

    private double place(int samples) {
        return x.at(Math.log10(Math.max(1, samples)));
    }

    private static String description(CurvePoint point) {
        return point.strategy() + " at " + Numbers.count(point.samples()) + " examples: "
                + Numbers.ratio(point.meanAccuracy()) + ", 95% interval " + Numbers.interval(point.interval());
    }
}
