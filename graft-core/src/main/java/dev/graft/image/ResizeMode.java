package dev.graft.image;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;

/** How an image of any size is brought to the size of a backbone's input. */
public sealed interface ResizeMode {
    /** The filter that resizes. */
    Interpolation interpolation();

    /** Everything that the result depends on beside the image, written out. */
    String fingerprint();

    /**
     * The whole image, each axis scaled on its own: nothing is lost, proportions change.
     *
     * @param interpolation the filter
     */
    record Stretch(Interpolation interpolation) implements ResizeMode {
        @Override
        public String fingerprint() {
            return "Stretch[interpolation=" + interpolation.label() + "]";
        }
    }

    /**
     * The shorter side is scaled to a length, the longer in proportion (rounded down), and the middle is cut out: what
     * torchvision's {@code Resize} and {@code CenterCrop} do one after the other, and most ImageNet weights were measured
     * with. As there, samples are rounded to 8 bits after each pass of the filter: for a photograph of which the network is
     * not sure, that moves a probability by up to 0.05.
     *
     * @param shorterSide the shorter side's length before the cut, in pixels; at least the input's longer side
     * @param interpolation the filter
     */
    record CenterCrop(int shorterSide, Interpolation interpolation) implements ResizeMode {
        /**
         * Checks the length.
         *
         * @throws SettingsException if it is not positive
         */
        public CenterCrop {
            if (shorterSide < 1) {
                throw new SettingsException(Problem.of("A centre crop needs something to cut from.")
                        .expected("a shorter side of at least 1 pixel")
                        .found(shorterSide));
            }
        }

        /**
         * The centre crop of a square input that shows this fraction of the shorter side: timm's {@code crop_pct}, whose
         * shorter side is the input's size divided by the fraction, rounded down.
         *
         * @param size the input's height and width
         * @param fraction in (0, 1]
         * @throws SettingsException if the fraction is out of range
         */
        public static CenterCrop ofFraction(int size, double fraction, Interpolation interpolation) {
            if (!(fraction > 0 && fraction <= 1)) {
                throw new SettingsException(Problem.of("A centre crop's fraction must be in range (0, 1].")
                        .found(fraction));
            }
            return new CenterCrop((int) Math.floor(size / fraction), interpolation);
        }

        @Override
        public String fingerprint() {
            return "CenterCrop[shorterSide=" + shorterSide + ", interpolation=" + interpolation.label() + "]";
        }
    }
}
