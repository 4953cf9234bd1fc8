package dev.graft.report;

import dev.graft.report.Canvas.Anchor;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/** Draws a confusion matrix: right predictions in shades of green, mistakes in shades of red, with their counts. */
final class ConfusionFigure {
    private static final int LABELS = 170;
    private static final int MARGIN = 24;
    private static final int LARGEST_CELL = 96;
    private static final int READABLE_CELL = 24;
    private static final int NAMED_CELL = 11;
    private static final int MATRIX = 640;
    private static final int LARGEST_MATRIX = 1100;

    private final ConfusionView confusion;
    private final double cell;
    private final int labels;
    private final int top;
    private final Canvas canvas;

    private ConfusionFigure(String strategy, ConfusionView confusion, TargetWords words, Font font) {
        this.confusion = confusion;
        int size = confusion.size();
        // Many classes get a larger figure while that keeps their names, and smaller cells after that.
        double least = Math.min(NAMED_CELL, (double) LARGEST_MATRIX / size);
        this.cell = Math.min(LARGEST_CELL, Math.max((double) MATRIX / size, least));
        this.labels = cell < NAMED_CELL ? 0 : LABELS;
        this.top = 70 + (labels > 0 && upright() ? LABELS - 20 : 24);
        int side = (int) Math.ceil(cell * size);
        int width = Math.max(480, labels + side + 2 * MARGIN);
        this.canvas = new Canvas(width, top + side + MARGIN, font);
        String title = canvas.fit("Confusion of " + strategy, width - 2.0 * MARGIN, 18);
        canvas.text(title, MARGIN, 34, 18, true, Canvas.INK, Anchor.START);
        String axes = "rows: true " + words.noun() + ", columns: prediction";
        canvas.text(axes, MARGIN, 54, 12, false, Canvas.MUTED, Anchor.START);
    }

    static BufferedImage draw(String strategy, ConfusionView confusion, TargetWords words, Font font) {
        ConfusionFigure figure = new ConfusionFigure(strategy, confusion, words, font);
        for (int label = 0; label < confusion.size(); label++) {
            figure.names(label);
            for (int predicted = 0; predicted < confusion.size(); predicted++) {
                figure.cell(label, predicted);
            }
        }
        return figure.canvas.finish();
    }

    private boolean upright() {
        return cell < 90;
    }

    private void names(int label) {
        if (labels == 0) {
            return;
        }
        float size = cell < READABLE_CELL ? 9 : 13;
        String name = confusion.classes().get(label);
        double middle = (label + 0.5) * cell;
        String row = canvas.fit(name, LABELS - 24.0, size);
        double left = MARGIN + labels;
        canvas.text(row, left - 10, top + middle + size * 0.36, size, false, Canvas.INK, Anchor.END);
        if (!upright()) {
            String column = canvas.fit(name, cell - 8.0, size);
            canvas.text(column, left + middle, top - 10.0, size, false, Canvas.INK, Anchor.MIDDLE);
            return;
        }
        AffineTransform before = canvas.graphics().getTransform();
        canvas.graphics().translate(left + middle + size * 0.36, top - 8.0);
        canvas.graphics().rotate(-Math.PI / 2);
        canvas.text(canvas.fit(name, LABELS - 40.0, size), 0, 0, size, false, Canvas.INK, Anchor.START);
        canvas.graphics().setTransform(before);
    }

    private void cell(int truth, int predicted) {
        double share = confusion.share(truth, predicted);
        Color full = truth == predicted ? Canvas.GOOD : Canvas.BAD;
        double gap = cell > READABLE_CELL ? 2 : cell > NAMED_CELL ? 0.5 : 0;
        double x = MARGIN + labels + predicted * cell;
        double y = top + truth * cell;
        canvas.fill(x, y, cell - gap, cell - gap, tint(full, 0.05 + 0.85 * Math.sqrt(share)));
        if (cell >= READABLE_CELL) {
            float size = (float) Math.min(18, cell * 0.36);
            Color ink = share > 0.35 ? Color.WHITE : Canvas.INK;
            String count = Numbers.count(confusion.count(truth, predicted));
            canvas.text(count, x + cell / 2.0, y + cell / 2.0 + size * 0.36, size, false, ink, Anchor.MIDDLE);
        }
    }

    private static Color tint(Color full, double share) {
        return new Color(tint(full.getRed(), share), tint(full.getGreen(), share), tint(full.getBlue(), share));
    }

    private static int tint(int full, double share) {
        return (int) Math.round(255 - (255 - full) * Math.min(1, share));
    }
}
