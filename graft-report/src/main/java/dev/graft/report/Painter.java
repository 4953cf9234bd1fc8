package dev.graft.report;

import dev.graft.report.Drawing.Point;
import java.util.List;

/**
 * Paints the parts of a {@link Drawing} one after the other, in the drawing's coordinates. A style is a list of the style
 * sheet's classes, which decide colours, strokes and fonts.
 */
interface Painter {
    /** Opens a group, whose class may give its parts a colour. */
    void group(String style);

    /** Names the last group that was opened. */
    void tooltip(String text);

    /** Closes the last group. */
    void end();

    /** A straight line. */
    void line(String style, double x1, double y1, double x2, double y2);

    /** A rectangle. */
    void rectangle(String style, double x, double y, double width, double height);

    /** A line through points, broken where a point is not finite. */
    void curve(String style, List<Point> points);

    /** A closed area. */
    void area(String style, List<Point> corners);

    /** A marker around a centre. */
    void marker(String style, Marker marker, double x, double y, double radius);

    /** A line of text on a baseline. */
    void text(String style, double x, double y, String text);
}
