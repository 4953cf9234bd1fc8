package dev.graft.report;

import dev.graft.result.ReliabilityBin;
import java.util.List;

/**
 * Draws confidence against accuracy: a bar for each range of confidence, the gap to the confidence shaded, and below how
 * many predictions each bar stands for.
 */
final class ReliabilityChart {
    static final int LARGEST_COUNT_SHOWN = 999;

    private static final double WIDTH = 370;
    private static final double LEFT = 46;
    private static final double TOP = 12;
    private static final double SIDE = 308;
    private static final double COUNTS = 50;
    private static final double HEIGHT = TOP + SIDE + 24 + COUNTS + 52;

    private ReliabilityChart() {}

    /** Whether there is something to compare: one range is said in a sentence. */
    static boolean drawable(List<ReliabilityBin> bins) {
        return bins.size() > 1;
    }

    /** Draws the bins of one strategy; the label says whose they are. */
    static Drawing draw(List<ReliabilityBin> bins, String label) {
        Scale x = new Scale(0, 1, LEFT, LEFT + SIDE);
        Scale y = x.over(TOP + SIDE, TOP);
        Drawing drawing = new Drawing(WIDTH, HEIGHT, label);
        axes(drawing, x, y);
        double floor = TOP + SIDE + 24 + COUNTS;
        int most = bins.stream().mapToInt(ReliabilityBin::count).max().orElse(1);
        for (ReliabilityBin bin : bins) {
            drawing.group("bin").tooltip(describe(bin));
            double left = x.at(bin.lower()) + 0.8;
            double width = x.at(bin.upper()) - x.at(bin.lower()) - 1.6;
            drawing.rectangle("bar", left, y.at(bin.accuracy()), width, y.at(0) - y.at(bin.accuracy()));
            double upper = Math.max(bin.accuracy(), bin.confidence());
            double gap = Math.abs(bin.accuracy() - bin.confidence()) * SIDE;
            drawing.rectangle("gap", left, y.at(upper), width, gap);
            double height = COUNTS * bin.count() / most;
            drawing.rectangle("count", left, floor - height, width, Math.max(1, height));
            if (bin.count() <= LARGEST_COUNT_SHOWN) {
                drawing.text("tiny middle", left + width / 2, floor + 11, Numbers.count(bin.count()));
            }
            drawing.end();
        }
        drawing.line("reference", x.at(0), y.at(0), x.at(1), y.at(1));
        drawing.line("grid", x.at(0), floor, x.at(1), floor);
        drawing.text("axis middle", x.at(0.5), HEIGHT - 22, "predictions in each range");
        drawing.text("axis middle", x.at(0.5), HEIGHT - 5, "by confidence, 0 to 1");
        return drawing;
    }

    /** What one bar says. */
    static String describe(ReliabilityBin bin) {
        return "confidence " + Numbers.ratio(bin.lower()) + " to " + Numbers.ratio(bin.upper()) + ", mean "
                + Numbers.ratio(bin.confidence()) + ": accuracy " + Numbers.ratio(bin.accuracy()) + ", "
                + Numbers.count(bin.count(), "prediction");
    }

    private static void axes(Drawing drawing, Scale x, Scale y) {
        for (double tick : x.ticks(5)) {
            drawing.line("grid", LEFT, y.at(tick), LEFT + SIDE, y.at(tick));
            drawing.text("tick end", LEFT - 7, y.at(tick) + 4, Numbers.tick(tick, x.step(5)));
            drawing.text("tick middle", x.at(tick), TOP + SIDE + 15, Numbers.tick(tick, x.step(5)));
        }
        drawing.group("upright");
        drawing.text("axis middle", 0, 0, "accuracy");
        drawing.end();
    }
}
