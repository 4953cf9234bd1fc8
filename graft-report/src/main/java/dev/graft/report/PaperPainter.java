package dev.graft.report;

import dev.graft.report.Canvas.Anchor;
import dev.graft.report.Drawing.Point;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Paints a drawing on white paper, as the style sheet shows it on the page. What has no place is left out. */
final class PaperPainter implements Painter {
    private final Canvas canvas;
    private final Graphics2D graphics;
    private final Deque<Group> groups = new ArrayDeque<>();

    private record Group(Color colour, AffineTransform outside) {}

    private PaperPainter(Canvas canvas, Color colour) {
        this.canvas = canvas;
        this.graphics = canvas.graphics();
        groups.push(new Group(colour, graphics.getTransform()));
    }

    /**
     * Paints a drawing.
     *
     * @param left where its left side lies on the canvas
     * @param top where its upper side lies
     * @param scale units of the canvas for one of the drawing
     * @param colour the colour of what is in no group with one
     */
    static void paint(Drawing drawing, Canvas canvas, double left, double top, double scale, Color colour) {
        AffineTransform before = canvas.graphics().getTransform();
        canvas.graphics().translate(left, top);
        canvas.graphics().scale(scale, scale);
        drawing.paint(new PaperPainter(canvas, colour));
        canvas.graphics().setTransform(before);
    }

    @Override
    public void group(String style) {
        AffineTransform outside = graphics.getTransform();
        groups.push(new Group(Palette.onPaper(style, colour()), outside));
        if (style.equals("upright")) {
            graphics.translate(11, 166);
            graphics.rotate(-Math.PI / 2);
        }
    }

    @Override
    public void tooltip(String text) {
        // Paper has none.
    }

    @Override
    public void end() {
        graphics.setTransform(groups.pop().outside());
    }

    @Override
    public void line(String style, double x1, double y1, double x2, double y2) {
        stroke(new Line2D.Double(x1, y1, x2, y2), PaperStyle.of(style, colour()));
    }

    @Override
    public void rectangle(String style, double x, double y, double width, double height) {
        fill(
                new Rectangle2D.Double(x, y, width, height),
                PaperStyle.of(style, colour()).colour());
    }

    @Override
    public void curve(String style, List<Point> points) {
        Path2D path = new Path2D.Double();
        boolean pen = false;
        for (Point point : points) {
            boolean there = Double.isFinite(point.y());
            if (there && pen) {
                path.lineTo(point.x(), point.y());
            } else if (there) {
                path.moveTo(point.x(), point.y());
            }
            pen = there;
        }
        stroke(path, PaperStyle.of(style, colour()));
    }

    @Override
    public void area(String style, List<Point> corners) {
        fill(closed(corners), PaperStyle.of(style, colour()).colour());
    }

    @Override
    public void marker(String style, Marker marker, double x, double y, double radius) {
        List<Point> outline = marker.outline(x, y, radius);
        Shape shape = outline.isEmpty()
                ? new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius)
                : closed(outline);
        PaperStyle look = PaperStyle.of(style, colour());
        Color inside = style.equals("dot") ? colour() : look.colour();
        fill(shape, style.contains("hollow") ? Color.WHITE : inside);
        if (look.size() > 0) {
            stroke(shape, look);
        }
    }

    @Override
    public void text(String style, double x, double y, String text) {
        PaperStyle look = PaperStyle.of(style, colour());
        Anchor anchor = style.endsWith(" middle") ? Anchor.MIDDLE : style.endsWith(" end") ? Anchor.END : Anchor.START;
        canvas.text(text, x, y, look.size(), look.bold(), look.colour(), anchor);
    }

    private Color colour() {
        return groups.element().colour();
    }

    private static Path2D closed(List<Point> corners) {
        Path2D path = new Path2D.Double();
        for (Point corner : corners) {
            if (path.getCurrentPoint() == null) {
                path.moveTo(corner.x(), corner.y());
            } else {
                path.lineTo(corner.x(), corner.y());
            }
        }
        if (!corners.isEmpty()) {
            path.closePath();
        }
        return path;
    }

    private void fill(Shape shape, Color colour) {
        if (hasPlace(shape)) {
            graphics.setColor(colour);
            graphics.fill(shape);
        }
    }

    private void stroke(Shape shape, PaperStyle style) {
        if (hasPlace(shape)) {
            graphics.setColor(style.colour());
            graphics.setStroke(style.stroke());
            graphics.draw(shape);
        }
    }

    private static boolean hasPlace(Shape shape) {
        Rectangle2D bounds = shape.getBounds2D();
        return Double.isFinite(bounds.getMinX() + bounds.getMaxX() + bounds.getMinY() + bounds.getMaxY());
    }
}
