package dev.graft.layer;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;

/**
 * TensorFlow's padding {@code SAME} in front of a convolution that pads nothing itself: as many zeros that the window gives
 * one output for every {@code stride} places, rounded up. Where their number is odd, the one more lies below and on the
 * right. How many there are depends on the size of the input.
 *
 * @param kernel height and width of the convolution's kernel
 * @param stride the convolution's step along height and width
 */
public record SamePadding(int kernel, int stride) implements Layer {
    /**
     * Checks the ranges.
     *
     * @throws SettingsException if the kernel or the stride is below 1
     */
    public SamePadding {
        if (kernel < 1 || stride < 1) {
            throw new SettingsException(Problem.of("A padding's kernel and stride must be at least 1.")
                    .found("kernel " + kernel + ", stride " + stride));
        }
    }

    @Override
    public String describe() {
        return "pad";
    }

    /** Zeros before the first of so many places: above, or on the left. */
    public int before(int places) {
        return total(places) / 2;
    }

    /** Zeros after the last of so many places: below, or on the right. */
    public int after(int places) {
        return total(places) - before(places);
    }

    private int total(int places) {
        int outputs = (places + stride - 1) / stride;
        return Math.max((outputs - 1) * stride + kernel - places, 0);
    }

    @Override
    public ActivationShape outputShape(ActivationShape input) {
        InputShapes.requireMap(this, input);
        return ActivationShape.map(
                input.channels(), input.height() + total(input.height()), input.width() + total(input.width()));
    }
}
