package dev.graft.image;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.Arrays;

/**
 * The filter behind a resize. Both are antialiased: scaled down, the filter grows as wide as the scale, as in Pillow's
 * {@code resize} and in the transforms of torchvision and timm for pictures.
 */
public enum Interpolation {
    /** A triangle that reaches one pixel to each side. */
    BILINEAR("bilinear", 1),
    /** Keys' cubic convolution with a = -0.5, two pixels to each side; what overshoots 0 to 255 is clipped. */
    BICUBIC("bicubic", 2);

    // Keys, "Cubic convolution interpolation for digital image processing", 1981: third-order convergence.
    private static final double A = -0.5;

    private final String label;
    private final int reach;

    Interpolation(String label, int reach) {
        this.label = label;
        this.reach = reach;
    }

    /**
     * The filter of that name.
     *
     * @throws SettingsException if there is none
     */
    public static Interpolation named(String label) {
        return Arrays.stream(values())
                .filter(filter -> filter.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new SettingsException(Problem.of("There is no such interpolation.")
                        .expected("bilinear or bicubic")
                        .found(label)));
    }

    /** The name in files and messages. */
    public String label() {
        return label;
    }

    /** How many places the filter reaches to each side, where nothing is scaled down. */
    int reach() {
        return reach;
    }

    /** Whether the filter has negative parts, so that a result can lie outside the samples' range. */
    boolean overshoots() {
        return this == BICUBIC;
    }

    /** The filter's height at a distance from its middle. */
    double weight(double distance) {
        double x = Math.abs(distance);
        if (this == BILINEAR) {
            return Math.max(0, 1 - x);
        }
        if (x < 1) {
            return ((A + 2) * x - (A + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
    }
}
