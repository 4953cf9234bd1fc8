package dev.graft.layer;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;

/** Checks whether a layer can take an input, and what shape a sliding window makes of it. */
final class InputShapes {
    private InputShapes() {}

    /** The shape that a window sliding over height and width gives. */
    static ActivationShape slide(
            Layer layer, ActivationShape input, int channels, int kernel, int stride, int padding) {
        if (input.height() + 2 * padding < kernel || input.width() + 2 * padding < kernel) {
            throw new SettingsException(Problem.of("A layer's window is larger than its input.")
                    .where(layer)
                    .expected("an input of at least " + (kernel - 2 * padding) + " x " + (kernel - 2 * padding))
                    .found(input)
                    .fix("use a larger input image, or fewer strided layers"));
        }
        return ActivationShape.map(
                channels,
                (input.height() + 2 * padding - kernel) / stride + 1,
                (input.width() + 2 * padding - kernel) / stride + 1);
    }

    static void requireMap(Layer layer, ActivationShape input) {
        if (!input.isMap()) {
            throw new SettingsException(Problem.of("A layer does not fit its input.")
                    .where(layer)
                    .expected("(channels, height, width)")
                    .found(input));
        }
    }

    static void requireSequence(Layer layer, ActivationShape input, int width) {
        if (!input.isSequence() || input.channels() != width) {
            throw new SettingsException(Problem.of("A layer does not fit its input.")
                    .where(layer)
                    .expected("(tokens, " + width + ")")
                    .found(input));
        }
    }

    static void requireChannels(Layer layer, ActivationShape input, int channels) {
        if (!input.isMap() || input.channels() != channels) {
            throw new SettingsException(Problem.of("A layer does not fit its input.")
                    .where(layer)
                    .expected("(" + channels + ", height, width)")
                    .found(input));
        }
    }

    /** A pool's window; the engine refuses a padding of more than half the window, since one could then see nothing. */
    static void requireWindow(String whose, int kernel, int stride, int padding) {
        if (kernel < 1 || stride < 1 || padding < 0 || padding > kernel / 2) {
            throw new SettingsException(
                    Problem.of(whose + " window and stride must be at least 1, its padding at most half the window.")
                            .found("window " + kernel + ", stride " + stride + ", padding " + padding));
        }
    }
}
