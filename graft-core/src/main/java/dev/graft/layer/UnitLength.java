package dev.graft.layer;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;

/** A vector divided by its length, so that a dot product of two is their cosine. */
public record UnitLength() implements Layer {
    @Override
    public String describe() {
        return "unit length";
    }

    @Override
    public ActivationShape outputShape(ActivationShape input) {
        if (input.hasPlaces()) {
            throw new SettingsException(Problem.of("A layer does not fit its input.")
                    .where(this)
                    .expected("(features)")
                    .found(input));
        }
        return input;
    }
}
