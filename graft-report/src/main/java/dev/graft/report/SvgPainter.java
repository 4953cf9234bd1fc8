package dev.graft.report;

import dev.graft.error.VisibleText;
import dev.graft.report.Drawing.Point;
import java.util.List;

/** Paints a drawing as SVG: escapes all text, and leaves colours to the page's style sheet. */
final class SvgPainter implements Painter {
    private final StringBuilder out = new StringBuilder(2048);

    private SvgPainter(Drawing drawing) {
        String size = number(drawing.width()) + "\" height=\"" + number(drawing.height());
        out.append("<svg viewBox=\"0 0 ").append(number(drawing.width()));
        out.append(' ').append(number(drawing.height())).append("\" width=\"").append(size);
        if (drawing.label().isEmpty()) {
            out.append("\" aria-hidden=\"true\">");
        } else {
            out.append("\" role=\"img\" aria-label=\"")
                    .append(escape(drawing.label()))
                    .append("\">");
        }
    }

    /** The drawing as an element of the page. */
    static String paint(Drawing drawing) {
        SvgPainter painter = new SvgPainter(drawing);
        drawing.paint(painter);
        return painter.out.append("</svg>").toString();
    }

    @Override
    public void group(String style) {
        out.append("<g class=\"").append(escape(style)).append("\">");
    }

    @Override
    public void end() {
        out.append("</g>");
    }

    @Override
    public void tooltip(String text) {
        out.append("<title>").append(escape(text)).append("</title>");
    }

    @Override
    public void line(String style, double x1, double y1, double x2, double y2) {
        out.append("<path class=\"").append(style).append("\" d=\"M");
        point(x1, y1).append('L');
        point(x2, y2).append("\"/>");
    }

    @Override
    public void rectangle(String style, double x, double y, double width, double height) {
        out.append("<rect class=\"").append(style);
        out.append("\" x=\"").append(number(x)).append("\" y=\"").append(number(y));
        out.append("\" width=\"").append(number(width)).append("\" height=\"").append(number(height));
        out.append("\"/>");
    }

    @Override
    public void curve(String style, List<Point> points) {
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
        if (path.length() > 0) {
            path(style, path.toString());
        }
    }

    @Override
    public void area(String style, List<Point> corners) {
        StringBuilder path = new StringBuilder();
        for (Point corner : corners) {
            path.append(path.length() == 0 ? 'M' : 'L')
                    .append(number(corner.x()))
                    .append(' ')
                    .append(number(corner.y()));
        }
        if (path.length() > 0) {
            path(style, path.append('z').toString());
        }
    }

    @Override
    public void marker(String style, Marker marker, double x, double y, double radius) {
        path(style, marker.path(x, y, radius));
    }

    @Override
    public void text(String style, double x, double y, String text) {
        out.append("<text class=\"").append(style).append("\" x=\"").append(number(x));
        out.append("\" y=\"").append(number(y)).append("\">").append(escape(text));
        out.append("</text>");
    }

    private void path(String style, String data) {
        out.append("<path class=\"")
                .append(style)
                .append("\" d=\"")
                .append(data)
                .append("\"/>");
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
}
