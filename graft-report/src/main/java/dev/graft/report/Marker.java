package dev.graft.report;

import dev.graft.report.Drawing.Point;
import java.util.ArrayList;
import java.util.List;

/** The shape of a point, so that series can be told apart without colour. */
enum Marker {
    CIRCLE,
    SQUARE(-0.9, -0.9, 0.9, -0.9, 0.9, 0.9, -0.9, 0.9),
    TRIANGLE(0, -1.15, 1.15, 0.92, -1.15, 0.92),
    DIAMOND(0, -1.2, 1.2, 0, 0, 1.2, -1.2, 0),
    TRIANGLE_DOWN(0, 1.15, 1.15, -0.92, -1.15, -0.92),
    CROSS(-1, -0.5, -0.5, -1, 0, -0.5, 0.5, -1, 1, -0.5, 0.5, 0, 1, 0.5, 0.5, 1, 0, 0.5, -0.5, 1, -1, 0.5, -0.5, 0);

    @SuppressWarnings("ImmutableEnumChecker") // Never changed, and never handed out.
    private final double[] corners;

    Marker(double... corners) {
        this.corners = corners;
    }

    /** Its corners about a centre; a circle has none. */
    List<Point> outline(double x, double y, double radius) {
        List<Point> outline = new ArrayList<>();
        for (int i = 0; i < corners.length; i += 2) {
            outline.add(new Point(x + radius * corners[i], y + radius * corners[i + 1]));
        }
        return outline;
    }

    /** The outline around a centre as SVG path data. */
    String path(double x, double y, double radius) {
        if (corners.length == 0) {
            String size = SvgPainter.number(radius);
            String diameter = SvgPainter.number(2 * radius);
            String arc = "a" + size + " " + size + " 0 1 0 ";
            return "M" + SvgPainter.number(x - radius) + " " + SvgPainter.number(y) + arc + diameter + " 0" + arc + "-"
                    + diameter + " 0z";
        }
        StringBuilder path = new StringBuilder();
        for (Point corner : outline(x, y, radius)) {
            path.append(path.length() == 0 ? 'M' : 'L')
                    .append(SvgPainter.number(corner.x()))
                    .append(' ')
                    .append(SvgPainter.number(corner.y()));
        }
        return path.append('z').toString();
    }
}
