package dev.graft.report;

import dev.graft.report.Canvas.Anchor;
import dev.graft.result.CalibrationResult;
import dev.graft.result.ReliabilityBin;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws reliability diagrams on white paper, before and after calibration side by side. */
final class ReliabilityFigure {
    private static final int PANEL = 430;
    private static final int SIDE = 340;
    private static final int LEFT = 60;
    private static final int TOP = 100;
    private static final int COUNTS = 60;
    private static final Color GAP = new Color(Canvas.BAD.getRed(), Canvas.BAD.getGreen(), Canvas.BAD.getBlue(), 90);

    private final Canvas canvas;
    private final Color full;
    private final Color bar;

    private ReliabilityFigure(Canvas canvas, Color colour) {
        this.canvas = canvas;
        this.full = colour;
        this.bar = new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 110);
    }

    /** Whether any of the diagrams has more than one bar. */
    static boolean drawable(CalibrationResult result) {
        return ReliabilityChart.drawable(result.binsBefore())
                || (result.fitted() && ReliabilityChart.drawable(result.binsAfter()));
    }

    static BufferedImage draw(String strategy, CalibrationResult result, Color colour, Font font) {
        int panels = result.fitted() ? 2 : 1;
        Canvas canvas = new Canvas(panels * PANEL + 20, TOP + SIDE + COUNTS + 90, font);
        String title = canvas.fit("Reliability of " + strategy, panels * PANEL - 40.0, 18);
        canvas.text(title, 24, 34, 18, true, Canvas.INK, Anchor.START);
        canvas.text(
                "bars: accuracy, red: gap to the confidence, below: predictions",
                24,
                56,
                12,
                false,
                Canvas.MUTED,
                Anchor.START);
        ReliabilityFigure figure = new ReliabilityFigure(canvas, colour);
        String before = result.fitted() ? "before" : "not calibrated";
        figure.panel(LEFT, before + ", error " + Numbers.ratio(result.eceBefore()), result.binsBefore());
        if (result.fitted()) {
            figure.panel(LEFT + PANEL, "after, error " + Numbers.ratio(result.eceAfter()), result.binsAfter());
        }
        return canvas.finish();
    }

    private void panel(int left, String title, List<ReliabilityBin> bins) {
        Scale x = new Scale(0, 1, left, left + SIDE);
        Scale y = x.over(TOP + SIDE, TOP);
        canvas.text(title, left, TOP - 14, 13, true, Canvas.INK, Anchor.START);
        for (double tick : x.ticks(5)) {
            String label = Numbers.tick(tick, x.step(5));
            canvas.line(left, y.at(tick), left + SIDE, y.at(tick), Canvas.LINE, 1, false);
            canvas.text(label, left - 8, y.at(tick) + 4, 12, false, Canvas.MUTED, Anchor.END);
            canvas.text(label, x.at(tick), TOP + SIDE + 17, 12, false, Canvas.MUTED, Anchor.MIDDLE);
        }
        double floor = TOP + SIDE + 28 + COUNTS;
        int most = bins.stream().mapToInt(ReliabilityBin::count).max().orElse(1);
        for (ReliabilityBin bin : bins) {
            bin(bin, x, y, floor, (double) COUNTS / most);
        }
        canvas.line(x.at(0), y.at(0), x.at(1), y.at(1), Canvas.MUTED, 1.4, true);
        canvas.line(x.at(0), floor, x.at(1), floor, Canvas.LINE, 1, false);
        canvas.text("confidence", x.at(0.5), floor + 36, 12, false, Canvas.MUTED, Anchor.MIDDLE);
    }

    private void bin(ReliabilityBin bin, Scale x, Scale y, double floor, double perCount) {
        double left = x.at(bin.lower()) + 0.8;
        double width = x.at(bin.upper()) - x.at(bin.lower()) - 1.6;
        double accuracy = y.at(bin.accuracy());
        double confidence = y.at(bin.confidence());
        canvas.fill(left, accuracy, width, y.at(0) - accuracy, bar);
        canvas.fill(left, Math.min(accuracy, confidence), width, Math.abs(accuracy - confidence), GAP);
        canvas.line(left, accuracy, left + width, accuracy, full, 2, false);
        double height = Math.max(1, bin.count() * perCount);
        canvas.fill(left, floor - height, width, height, Canvas.MUTED);
        if (bin.count() <= ReliabilityChart.LARGEST_COUNT_SHOWN) {
            String count = Numbers.count(bin.count());
            canvas.text(count, left + width / 2, floor + 13, 10, false, Canvas.MUTED, Anchor.MIDDLE);
        }
    }
}
