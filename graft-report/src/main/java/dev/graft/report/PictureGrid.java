package dev.graft.report;

import dev.graft.data.Image;
import dev.graft.report.Canvas.Anchor;
import dev.graft.result.PredictionResult;
import dev.graft.result.ReportPictures;
import dev.graft.result.ReportPictures.LabeledPicture;
import dev.graft.result.StrategyResult;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Draws pictures side by side, each with a caption; predictions in a frame that tells right from wrong. */
final class PictureGrid {
    private static final int COLUMNS = 8;
    private static final int SIDE = 112;
    private static final int GAP = 16;
    private static final int LINE_HEIGHT = 16;
    private static final int MARGIN = 24;
    private static final int TOP = 56;
    private static final int SIGN = 15;
    private static final int LARGEST = 2 * SIDE;

    private PictureGrid() {}

    /**
     * One picture of the grid.
     *
     * @param image the picture; null if there is none
     * @param caption lines below it
     * @param correct whether the prediction is right; null for a sample
     */
    record Cell(
            @Nullable Image image,
            List<String> caption,
            @Nullable Boolean correct) {}

    /** Samples with their labels. */
    static List<Cell> samples(List<LabeledPicture> samples) {
        return samples.stream()
                .map(sample -> new Cell(sample.image(), List.of(sample.label()), null))
                .toList();
    }

    /** Predictions of a strategy. */
    static List<Cell> gallery(StrategyResult row, List<String> classes, ReportPictures pictures) {
        return predictions(row.gallery(), classes, pictures);
    }

    /** Predictions, with what tells each from others if that is known. */
    static List<Cell> predictions(List<PredictionResult> shown, List<String> classes, ReportPictures pictures) {
        return shown.stream()
                .map(prediction -> new Cell(
                        pictures.testImages().get(prediction.index()),
                        caption(prediction, classes),
                        prediction.correct()))
                .toList();
    }

    /** The middle square of each picture fills its frame, as it does on the page. */
    static BufferedImage draw(String title, List<Cell> cells, Font font) {
        return draw(title, cells, false, font);
    }

    /**
     * Draws the grid.
     *
     * @param whole whether pictures are shown whole instead of their middle square
     */
    static BufferedImage draw(String title, List<Cell> cells, boolean whole, Font font) {
        int lines = cells.stream().mapToInt(cell -> cell.caption().size()).max().orElse(1);
        int columns = Math.max(4, Math.min(COLUMNS, cells.size()));
        int rows = (cells.size() + columns - 1) / columns;
        int rowHeight = SIDE + lines * LINE_HEIGHT + GAP + 6;
        int width = 2 * MARGIN + columns * (SIDE + GAP) - GAP;
        Canvas canvas = new Canvas(width, TOP + rows * rowHeight + 8, font);
        canvas.text(canvas.fit(title, width - 2.0 * MARGIN, 18), MARGIN, 34, 18, true, Canvas.INK, Anchor.START);
        for (int i = 0; i < cells.size(); i++) {
            cell(canvas, cells.get(i), whole, MARGIN + i % columns * (SIDE + GAP), TOP + i / columns * rowHeight);
        }
        return canvas.finish();
    }

    private static List<String> caption(PredictionResult prediction, List<String> classes) {
        String predicted = name(prediction.predicted(), classes);
        String confidence = Numbers.ratio(prediction.confidence());
        List<String> lines = new ArrayList<>();
        lines.add(predicted);
        if (!prediction.correct()) {
            lines.add("true: " + name(prediction.truth(), classes));
        }
        lines.add(confidence);
        if (prediction.caption() != null) {
            lines.add(prediction.caption());
        }
        return lines;
    }

    private static String name(int label, List<String> classes) {
        return label >= 0 && label < classes.size()
                ? classes.get(label)
                : String.format(Locale.ROOT, "class %d", label);
    }

    private static void cell(Canvas canvas, Cell cell, boolean whole, int x, int y) {
        Graphics2D graphics = canvas.graphics();
        Image image = cell.image();
        canvas.fill(x, y, SIDE, SIDE, image == null ? Canvas.LINE : Color.BLACK);
        if (image != null) {
            picture(graphics, image.atMost(LARGEST), whole, x, y);
        }
        Color ink = Canvas.INK;
        Boolean correct = cell.correct();
        if (correct != null) {
            ink = correct ? Canvas.GOOD : Canvas.BAD;
            sign(canvas, correct, x, y + SIDE + 20, ink);
            float[] dashes = correct ? null : new float[] {7, 5};
            graphics.setColor(ink);
            graphics.setStroke(new BasicStroke(4, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 4, dashes, 0));
            graphics.draw(new Rectangle2D.Double(x - 2.0, y - 2.0, SIDE + 4.0, SIDE + 4.0));
        }
        for (int i = 0; i < cell.caption().size(); i++) {
            boolean outcome = i == 0 && correct != null;
            int left = outcome ? x + SIGN : x;
            int baseline = y + SIDE + 20 + i * LINE_HEIGHT;
            String line = canvas.fit(cell.caption().get(i), SIDE - (left - x), 12);
            canvas.text(line, left, baseline, 12, outcome, i == 0 ? ink : Canvas.MUTED, Anchor.START);
        }
    }

    /** A tick or a cross; drawn, because not every font has them. */
    private static void sign(Canvas canvas, boolean correct, int x, int baseline, Color ink) {
        if (correct) {
            canvas.line(x + 1, baseline - 4, x + 4, baseline - 1, ink, 2, false);
            canvas.line(x + 4, baseline - 1, x + 10, baseline - 9, ink, 2, false);
        } else {
            canvas.line(x + 1, baseline - 9, x + 9, baseline - 1, ink, 2, false);
            canvas.line(x + 9, baseline - 9, x + 1, baseline - 1, ink, 2, false);
        }
    }

    private static void picture(Graphics2D graphics, Image image, boolean whole, int x, int y) {
        BufferedImage pixels = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < image.height(); row++) {
            for (int column = 0; column < image.width(); column++) {
                int red = image.sample(row, column, 0);
                int green = image.channels() == 3 ? image.sample(row, column, 1) : red;
                int blue = image.channels() == 3 ? image.sample(row, column, 2) : red;
                pixels.setRGB(column, row, red << 16 | green << 8 | blue);
            }
        }
        int side = whole ? Math.max(image.width(), image.height()) : Math.min(image.width(), image.height());
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION,
                SIDE > side
                        ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
                        : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        if (whole) {
            int width = Math.max(1, SIDE * image.width() / side);
            int height = Math.max(1, SIDE * image.height() / side);
            graphics.drawImage(pixels, x + (SIDE - width) / 2, y + (SIDE - height) / 2, width, height, null);
            return;
        }
        int left = (image.width() - side) / 2;
        int top = (image.height() - side) / 2;
        graphics.drawImage(pixels, x, y, x + SIDE, y + SIDE, left, top, left + side, top + side, null);
    }
}
