package dev.graft.report;

/** The shape of a point, so that series can be told apart without colour. */
enum Marker {
    CIRCLE,
    SQUARE(-0.9, -0.9, 0.9, -0.9, 0.9, 0.9, -0.9, 0.9),
    TRIANGLE(0, -1.15, 1.15, 0.92, -1.15, 0.92),
    DIAMOND(0, -1.2, 1.2, 0, 0, 1.2, -1.2, 0),
    TRIANGLE_DOWN(0, 1.15, 1.15, -0.92, -1.15, -0.92),
    CROSS(-1, -0.5, -0.5, -1, 0, -0.5, 0.5, -1, 1, -0.5, 0.5, 0, 1, 0.5, 0.5, 1, 0, 0.5, -0.5, 1, -1, 0.5, -0.5, 0);

    @SuppressWarnings("ImmutableEnumChecker") // Never changed, and handed out as a copy.
    private final double[] corners;

    Marker(double... corners) {
        this.corners = corners;
    }

    /** Its corners, x before y, about the origin, for a radius of 1; a circle has none. */
    double[] corners() {
        return corners.clone();
    }

    /** The outline around a centre as SVG path data. */
    String path(double x, double y, double radius) {
        if (corners.length == 0) {
            String size = Svg.number(radius);
            String diameter = Svg.number(2 * radius);
            String arc = "a" + size + " " + size + " 0 1 0 ";
            return "M" + Svg.number(x - radius) + " " + Svg.number(y) + arc + diameter + " 0" + arc + "-" + diameter
                    + " 0z";
        }
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < corners.length; i += 2) {
            path.append(i == 0 ? 'M' : 'L')
                    .append(Svg.number(x + radius * corners[i]))
                    .append(' ')
                    .append(Svg.number(y + radius * corners[i + 1]));
        }
        return path.append('z').toString();
    }
}
