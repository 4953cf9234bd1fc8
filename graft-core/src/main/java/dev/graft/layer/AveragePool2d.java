package dev.graft.layer;

/**
 * The mean of each window; windows that do not fit are dropped, and padding counts as zeros.
 *
 * @param kernel height and width of the window
 * @param stride step along height and width
 * @param padding zeros added on each side; at most half the window
 */
public record AveragePool2d(int kernel, int stride, int padding) implements Layer {
    /**
     * Checks the ranges.
     *
     * @throws dev.graft.error.SettingsException if the kernel or the stride is below 1, or the padding outside 0 to
     *     kernel / 2
     */
    public AveragePool2d {
        InputShapes.requireWindow("An average pool's", kernel, stride, padding);
    }

    @Override
    public String describe() {
        return "average pool " + kernel + "x" + kernel;
    }

    @Override
    public ActivationShape outputShape(ActivationShape input) {
        InputShapes.requireMap(this, input);
        return InputShapes.slide(this, input, input.channels(), kernel, stride, padding);
    }
}
