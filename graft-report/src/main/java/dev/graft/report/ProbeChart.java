package dev.graft.report;

import dev.graft.result.ProbeResult;
import gg.jte.Content;
import java.util.List;
import java.util.stream.DoubleStream;

/** Draws what each cut's features still tell apart: a dot with its interval for each probe, and the chance line. */
final class ProbeChart {
    private static final double ROW = 34;
    private static final double TOP = 30;
    private static final double BOTTOM = 40;
    private static final double VALUE_WIDTH = 56;
    private static final double FONT = 13;

    private ProbeChart() {}

    /** Draws the chart so many units wide. */
    static Content draw(List<ProbeResult> probes, int numClasses, double width) {
        boolean narrow = width < 500;
        double left = narrow ? 14 : 250;
        double row = narrow ? ROW + 14 : ROW;
        double height = TOP + probes.size() * row + BOTTOM;
        double chance = 1.0 / Math.max(1, numClasses);
        Scale scale = Scale.accuracies(DoubleStream.concat(
                        DoubleStream.of(chance),
                        probes.stream()
                                .mapToDouble(probe -> Math.min(
                                        probe.accuracy(), probe.interval().lower()))))
                .over(left, width - VALUE_WIDTH);
        Svg svg = new Svg(
                width,
                height,
                "Accuracy of a logistic regression on the frozen features, for each cut, with intervals");
        axis(svg, scale, height);
        svg.line("reference", scale.at(chance), TOP - 8, scale.at(chance), height - BOTTOM);
        boolean middle = scale.at(chance) > left + 40;
        svg.text(middle ? "note middle" : "note", scale.at(chance), TOP - 14, "chance, " + numClasses + " classes");
        for (int i = 0; i < probes.size(); i++) {
            double top = TOP + i * row;
            double y = narrow ? top + row - 14 : top + row / 2;
            probe(svg, probes.get(i), scale, narrow, left, y, width);
        }
        return svg;
    }

    /** How a probe is called: its cut, and the pooling unless there was none. */
    static String name(ProbeResult probe) {
        return probe.pooling().equals("none") ? probe.cut() : probe.cut() + " · " + probe.pooling();
    }

    private static void axis(Svg svg, Scale scale, double height) {
        for (double tick : scale.ticks(5)) {
            svg.line("grid", scale.at(tick), TOP - 8, scale.at(tick), height - BOTTOM);
            svg.text("tick middle", scale.at(tick), height - BOTTOM + 16, Numbers.tick(tick, scale.step(5)));
        }
        svg.text("axis middle", (scale.from() + scale.to()) / 2, height - 6, "cross-validated accuracy");
    }

    private static void probe(
            Svg svg, ProbeResult probe, Scale scale, boolean narrow, double left, double y, double width) {
        svg.group("probe").tooltip(description(probe));
        String name = TextFit.shorten(name(probe), (narrow ? width - 30 : left - 20) / FONT);
        if (narrow) {
            svg.text("label", left, y - 14, name);
        } else {
            svg.text("label end", left - 14, y + 4, name);
        }
        svg.line("track", scale.from(), y, scale.to(), y);
        svg.line(
                "whisker",
                scale.at(probe.interval().lower()),
                y,
                scale.at(probe.interval().upper()),
                y);
        if (Double.isFinite(probe.accuracy())) {
            svg.marker("dot", Marker.CIRCLE, scale.at(probe.accuracy()), y, 5.5);
        }
        svg.text("value end", width - 4, y + 4.5, Numbers.ratio(probe.accuracy()))
                .end();
    }

    private static String description(ProbeResult probe) {
        return name(probe) + ": " + Numbers.ratio(probe.accuracy()) + ", 95% interval "
                + Numbers.interval(probe.interval()) + ", " + Numbers.count(probe.features()) + " features";
    }
}
