package dev.graft.spark;

import java.io.Serializable;

/**
 * The whole numbers that features are rounded to before they are summed up, so that sums are exact, and the same in any order. Feature f
 * becomes {@code round((x - centre[f]) / unit[f])}. A unit is a power of two, about a millionth of the feature's spread, or as fine as
 * float32 is at the feature's size; what lies further out than twice as far as anything in the sample is brought in to the edge.
 */
final class FeatureGrid implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The largest whole number: products of two, sixteen of them added, are whole numbers that a double holds exactly. */
    static final int EDGE = 1 << 24;

    private static final int UNITS_OF_SPREAD = 20;
    private static final double LEAST_SPREAD = 0x1p-40;

    private final double[] centres;
    private final double[] units;

    private FeatureGrid(double[] centres, double[] units) {
        this.centres = centres;
        this.units = units;
    }

    /**
     * The grid that suits some rows.
     *
     * @param rows features, row after row, at least one row
     */
    static FeatureGrid of(float[] rows, int width) {
        int count = rows.length / width;
        double[] centres = new double[width];
        double[] units = new double[width];
        for (int f = 0; f < width; f++) {
            double sum = 0;
            for (int i = 0; i < count; i++) {
                sum += rows[i * width + f];
            }
            double centre = (float) (sum / count);
            double squares = 0;
            double furthest = 0;
            for (int i = 0; i < count; i++) {
                double apart = rows[i * width + f] - centre;
                squares += apart * apart;
                furthest = Math.max(furthest, Math.abs(apart));
            }
            // An eighth of the furthest leaves room for twice as much; a sixteenth of the size is float32's own
            // resolution.
            double spread = Math.max(Math.sqrt(squares / count), Math.max(furthest / 8, Math.abs(centre) / 16));
            centres[f] = centre;
            units[f] = Math.scalb(1.0, Math.getExponent(Math.max(spread, LEAST_SPREAD)) + 1 - UNITS_OF_SPREAD);
        }
        return new FeatureGrid(centres, units);
    }

    int width() {
        return units.length;
    }

    double centre(int feature) {
        return centres[feature];
    }

    double unit(int feature) {
        return units[feature];
    }

    /**
     * Rounds a row.
     *
     * @param target receives whole numbers from -{@link #EDGE} to {@link #EDGE}
     * @return how many features were brought in to the edge
     */
    int round(double[] row, double[] target) {
        int outside = 0;
        for (int f = 0; f < units.length; f++) {
            double place = Math.rint((row[f] - centres[f]) / units[f]);
            if (Math.abs(place) > EDGE) {
                place = Math.copySign(EDGE, place);
                outside++;
            }
            target[f] = place;
        }
        return outside;
    }
}
