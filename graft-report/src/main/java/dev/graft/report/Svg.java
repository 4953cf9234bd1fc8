package dev.graft.report;

import dev.graft.error.VisibleText;
import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.util.List;

/** Writes one SVG picture into the page: escapes all text, and leaves colours to the page's style sheet. */
final class Svg implements Content {
    private final StringBuilder out = new StringBuilder(2048);

    /**
     * Starts a picture.
     *
     * @param width width of its coordinate system
     * @param height height of its coordinate system
     * @param label what it shows, for those who do not see it; empty for decoration
     */
    Svg(double width, double height, String label) {
        out.append("<svg viewBox=\"0 0 ").append(number(width)).append(' ').append(number(height));
        out.append("\" width=\"").append(number(width)).append("\" height=\"").append(number(height));
        if (label.isEmpty()) {
            out.append("\" aria-hidden=\"true\">");
        } else {
            out.append("\" role=\"img\" aria-label=\"").append(escape(label)).append("\">");
        }
    }

    /** A point in the picture. */
    record Point(double x, double y) {}

    /** Opens a group; {@link #end} closes it. */
    Svg group(String style) {
        out.append("<g class=\"").append(escape(style)).append("\">");
        return this;
    }

    /** Closes the last group. */
    Svg end() {
        out.append("</g>");
        return this;
    }

    /** Names the group it stands in; browsers show it as a tooltip. */
    Svg tooltip(String text) {
        out.append("<title>").append(escape(text)).append("</title>");
        return this;
    }

    /** A straight line. */
    Svg line(String style, double x1, double y1, double x2, double y2) {
        out.append("<path class=\"").append(style).append("\" d=\"M");
        point(x1, y1).append('L');
        point(x2, y2).append("\"/>");
        return this;
    }

    /** A rectangle. */
    Svg rectangle(String style, double x, double y, double width, double height) {
        out.append("<rect class=\"").append(style);
        out.append("\" x=\"").append(number(x)).append("\" y=\"").append(number(y));
        out.append("\" width=\"").append(number(width)).append("\" height=\"").append(number(height));
        out.append("\"/>");
        return this;
    }

    /** A line through points, broken where a point is not finite. */
    Svg curve(String style, List<Point> points) {
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        for (Point point : points) {
            if (Double.isFinite(point.y())) {
                path.append(pen ? 'L' : 'M')
                        .append(number(point.x()))
                        .append(' ')
                        .append(number(point.y()));
                pen = true;
            } else {
                pen = false;
            }
        }
        return path.length() == 0 ? this : path(style, path.toString());
    }

    /** A closed area. */
    Svg area(String style, List<Point> corners) {
        StringBuilder path = new StringBuilder();
        for (Point corner : corners) {
            path.append(path.length() == 0 ? 'M' : 'L')
                    .append(number(corner.x()))
                    .append(' ')
                    .append(number(corner.y()));
        }
        return path.length() == 0 ? this : path(style, path.append('z').toString());
    }

    /** A marker around a centre. */
    Svg marker(String style, Marker marker, double x, double y, double radius) {
        return path(style, marker.path(x, y, radius));
    }

    /** A line of text; the style's name decides its anchor and colour. */
    Svg text(String style, double x, double y, String text) {
        out.append("<text class=\"").append(style).append("\" x=\"").append(number(x));
        out.append("\" y=\"").append(number(y)).append("\">").append(escape(text));
        out.append("</text>");
        return this;
    }

    private Svg path(String style, String data) {
        out.append("<path class=\"")
                .append(style)
                .append("\" d=\"")
                .append(data)
                .append("\"/>");
        return this;
    }

    private StringBuilder point(double x, double y) {
        return out.append(number(x)).append(' ').append(number(y));
    }

    /** A coordinate with at most one decimal. */
    static String number(double value) {
        long tenths = Math.round(value * 10);
        String sign = tenths < 0 ? "-" : "";
        long size = Math.abs(tenths);
        return size % 10 == 0 ? sign + size / 10 : sign + size / 10 + "." + size % 10;
    }

    private static String escape(String text) {
        return VisibleText.line(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public void writeTo(TemplateOutput output) {
        output.writeContent(out.toString());
        output.writeContent("</svg>");
    }
}
