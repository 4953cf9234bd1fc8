package dev.graft.evidence;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.Arrays;

/**
 * Where in a picture a network found evidence for a class.
 *
 * <p>By {@link EvidenceMethod#CLASS_ACTIVATION} the values and the rest add up to the class's logit. By
 * {@link EvidenceMethod#OCCLUSION} a value is how far the logit falls when that place is covered, and
 * nothing adds up. Logits are those before calibration; of two classes with one logit, the first class's is its negative.
 *
 * <p>The values are not copied; whoever makes a map gives them away.
 *
 * @param method how it was computed
 * @param className the class whose evidence it is
 * @param height rows of the map
 * @param width columns of the map
 * @param values (height, width), row by row: positive speaks for the class, negative against it
 * @param rest what of the logit belongs to no place: the biases, with what standardising the features subtracts; 0 by occlusion
 * @param logit the class's logit
 * @param place where the map lies on the picture
 */
@SuppressWarnings("ArrayRecordComponent")
public record EvidenceMap(
        EvidenceMethod method,
        String className,
        int height,
        int width,
        float[] values,
        double rest,
        double logit,
        PicturePlace place) {
    /**
     * Checks the size.
     *
     * @throws SettingsException if there are not height x width values
     */
    public EvidenceMap {
        if (height < 1 || width < 1 || values.length != height * width) {
            throw new SettingsException(Problem.of("A map of evidence has values for other cells than it has.")
                    .expected(height + " x " + width)
                    .found(values.length + " values"));
        }
    }

    /** The value of a cell. */
    public float value(int row, int column) {
        return values[row * width + column];
    }

    /**
     * The evidence at every pixel of the picture, (picture's height, picture's width), row by row: the values of the cells around
     * it, interpolated linearly between their middles. They are values of cells, not shares of pixels, and do not add up to the
     * logit; 0 where the network saw nothing of the picture.
     */
    public float[] onPicture() {
        return onPicture(place.height(), place.width());
    }

    /**
     * The evidence at every pixel of the picture when that is scaled to another size, (rows, columns), row by row.
     *
     * @param rows the scaled picture's height
     * @param columns the scaled picture's width
     */
    public float[] onPicture(int rows, int columns) {
        double high = (double) place.height() / rows;
        double wide = (double) place.width() / columns;
        float[] all = new float[Math.multiplyExact(rows, columns)];
        for (int row = 0; row < rows; row++) {
            double y = (row + 0.5) * high;
            for (int column = 0; column < columns; column++) {
                double x = (column + 0.5) * wide;
                if (place.seen().contains(y, x)) {
                    all[row * columns + column] =
                            between(place.rows().cell(y), place.columns().cell(x));
                }
            }
        }
        return all;
    }

    /** The value of a place that adds nothing: with an even share of the rest it is 0. */
    double zero() {
        return -rest / values.length;
    }

    float highest() {
        float highest = values[0];
        for (float value : values) {
            highest = Math.max(highest, value);
        }
        return highest;
    }

    float lowest() {
        float lowest = values[0];
        for (float value : values) {
            lowest = Math.min(lowest, value);
        }
        return lowest;
    }

    private float between(double row, double column) {
        double y = Math.max(0, Math.min(height - 1.0, row));
        double x = Math.max(0, Math.min(width - 1.0, column));
        int top = (int) y;
        int left = (int) x;
        int bottom = Math.min(height - 1, top + 1);
        int right = Math.min(width - 1, left + 1);
        double above = value(top, left) + (x - left) * (value(top, right) - value(top, left));
        double below = value(bottom, left) + (x - left) * (value(bottom, right) - value(bottom, left));
        return (float) (above + (y - top) * (below - above));
    }

    /** The method, the class and the size; the values are many. */
    @Override
    public String toString() {
        return method.label() + " of " + className + ", " + height + " x " + width + ", logit " + logit;
    }

    /** Whether all components are the same, the values one by one. */
    @Override
    public boolean equals(Object other) {
        return other instanceof EvidenceMap map
                && method == map.method
                && className.equals(map.className)
                && height == map.height
                && width == map.width
                && Arrays.equals(values, map.values)
                && Double.compare(rest, map.rest) == 0
                && Double.compare(logit, map.logit) == 0
                && place.equals(map.place);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + className.hashCode();
    }
}
