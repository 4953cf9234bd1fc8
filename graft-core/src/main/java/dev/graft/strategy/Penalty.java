package dev.graft.strategy;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;

/**
 * What a phase of gradient steps adds to the loss, in place of weight decay: L2-SP, {@code α/2 ‖w - w⁰‖² + β/2 ‖v‖²}, where
 * {@code w} are the trained stages' learned tensors, {@code w⁰} the same in the source model, and {@code v} the head's (Xuhong
 * et al. 2018, arXiv 1802.01483). Its gradient joins that of the examples' loss before clipping and the optimiser's moments;
 * the losses that are reported are those of the examples alone.
 *
 * @param startingPoint α, how strongly the backbone is held where it started, at least 0
 * @param head β, how strongly the head is held at 0, at least 0
 */
public record Penalty(double startingPoint, double head) {
    /** No penalty: weight decay is what the optimiser's settings say. */
    public static final Penalty NONE = new Penalty(0, 0);

    /** Checks the ranges. */
    public Penalty {
        if (!(startingPoint >= 0) || !(head >= 0) || Double.isInfinite(startingPoint + head)) {
            throw new SettingsException(Problem.of("A penalty's strengths must be finite and at least 0.")
                    .found("starting point " + startingPoint + ", head " + head));
        }
    }
}
