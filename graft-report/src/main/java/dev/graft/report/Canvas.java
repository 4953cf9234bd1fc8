package dev.graft.report;

import dev.graft.error.VisibleText;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/** White paper to draw a figure on, at a finer resolution than its coordinates. */
final class Canvas {
    static final Color INK = new Color(0x1b1d21);
    static final Color MUTED = new Color(0x5f6571);
    static final Color LINE = new Color(0xe3e4e8);
    static final Color GOOD = new Color(0x14724a);
    static final Color BAD = new Color(0xb3261e);

    private static final double RESOLUTION = 1.5;

    private final BufferedImage image;
    private final Graphics2D graphics;
    private final Font font;

    Canvas(int width, int height, Font font) {
        this.image = new BufferedImage(
                (int) (width * RESOLUTION), (int) (height * RESOLUTION), BufferedImage.TYPE_3BYTE_BGR);
        this.font = font;
        this.graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(RESOLUTION, RESOLUTION);
    }

    /** Where a text stands about its place. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** The finished figure. */
    BufferedImage finish() {
        graphics.dispose();
        return image;
    }

    /** For drawing what this class has no word for. */
    Graphics2D graphics() {
        return graphics;
    }

    /** A line of text on a baseline. */
    void text(String text, double x, double y, float size, boolean bold, Color colour, Anchor anchor) {
        String shown = VisibleText.line(text);
        graphics.setFont(font.deriveFont(bold ? Font.BOLD : Font.PLAIN, size));
        graphics.setColor(colour);
        double width = anchor == Anchor.START ? 0 : graphics.getFontMetrics().stringWidth(shown);
        graphics.drawString(shown, (float) (x - (anchor == Anchor.MIDDLE ? width / 2 : width)), (float) y);
    }

    /** The text, cut short with an ellipsis if it is wider than so many units. */
    String fit(String name, double width, float size) {
        String text = VisibleText.line(name);
        var metrics = graphics.getFontMetrics(font.deriveFont(size));
        if (metrics.stringWidth(text) <= width) {
            return text;
        }
        int length = text.length();
        while (length > 0 && metrics.stringWidth(text.substring(0, length) + "…") > width) {
            length = text.offsetByCodePoints(length, -1);
        }
        return text.substring(0, length) + "…";
    }

    /** A straight line. */
    void line(double x1, double y1, double x2, double y2, Color colour, double thickness, boolean dashed) {
        graphics.setColor(colour);
        float[] dashes = dashed ? new float[] {4, 4} : null;
        graphics.setStroke(new BasicStroke(
                (float) thickness,
                dashed ? BasicStroke.CAP_BUTT : BasicStroke.CAP_ROUND,
                BasicStroke.JOIN_ROUND,
                1,
                dashes,
                0));
        graphics.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    /** A filled rectangle. */
    void fill(double x, double y, double width, double height, Color colour) {
        graphics.setColor(colour);
        graphics.fill(new Rectangle2D.Double(x, y, width, height));
    }

    /** The PNG file of a figure. */
    static byte[] png(BufferedImage image) {
        byte[] samples =
                ((DataBufferByte) image.getRaster().getDataBuffer()).getData().clone();
        for (int i = 0; i < samples.length; i += 3) {
            byte blue = samples[i];
            samples[i] = samples[i + 2];
            samples[i + 2] = blue;
        }
        return Png.encode(image.getWidth(), image.getHeight(), 3, samples);
    }
}
