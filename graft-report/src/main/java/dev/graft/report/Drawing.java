package dev.graft.report;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A chart as a list of lines, shapes and texts, which painters turn into SVG for the page and into pixels for PNG files. */
final class Drawing implements Content {
    private final double width;
    private final double height;
    private final String label;
    private final List<Consumer<Painter>> parts = new ArrayList<>();

    /**
     * Starts a drawing.
     *
     * @param width width of its coordinate system
     * @param height height of its coordinate system
     * @param label what it shows, for those who do not see it; empty for decoration
     */
    Drawing(double width, double height, String label) {
        this.width = width;
        this.height = height;
        this.label = label;
    }

    /** A point in the drawing. */
    record Point(double x, double y) {}

    double width() {
        return width;
    }

    double height() {
        return height;
    }

    String label() {
        return label;
    }

    /** Opens a group; {@link #end} closes it. */
    Drawing group(String style) {
        return add(painter -> painter.group(style));
    }

    /** Closes the last group. */
    Drawing end() {
        return add(Painter::end);
    }

    /** Names the group it stands in; browsers show it as a tooltip. */
    Drawing tooltip(String text) {
        return add(painter -> painter.tooltip(text));
    }

    /** A straight line. */
    Drawing line(String style, double x1, double y1, double x2, double y2) {
        return add(painter -> painter.line(style, x1, y1, x2, y2));
    }

    /** A rectangle. */
    Drawing rectangle(String style, double x, double y, double sideways, double upright) {
        return add(painter -> painter.rectangle(style, x, y, sideways, upright));
    }

    /** A line through points, broken where a point is not finite. */
    Drawing curve(String style, List<Point> points) {
        return add(painter -> painter.curve(style, points));
    }

    /** A closed area. */
    Drawing area(String style, List<Point> corners) {
        return add(painter -> painter.area(style, corners));
    }

    /** A marker around a centre. */
    Drawing marker(String style, Marker marker, double x, double y, double radius) {
        return add(painter -> painter.marker(style, marker, x, y, radius));
    }

    /** A line of text; the style decides its anchor and colour. */
    Drawing text(String style, double x, double y, String text) {
        return add(painter -> painter.text(style, x, y, text));
    }

    private Drawing add(Consumer<Painter> part) {
        parts.add(part);
        return this;
    }

    /** Hands every part to a painter, in order. */
    void paint(Painter painter) {
        parts.forEach(part -> part.accept(painter));
    }

    @Override
    public void writeTo(TemplateOutput output) {
        output.writeContent(SvgPainter.paint(this));
    }
}
