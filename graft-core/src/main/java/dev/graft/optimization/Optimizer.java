package dev.graft.optimization;

import dev.graft.error.Problem;
import dev.graft.error.Required;
import dev.graft.error.SettingsException;

/**
 * How gradients change weights. Both kinds keep two moments for each weight: {@code w -= rate · m̂ / (sqrt(v) + ε)} with
 * the bias correction folded into the rate (the last formula of section 2 of Kingma and Ba 2015).
 *
 * @param kind which one
 * @param beta1 decay of the first moment, 0 to below 1
 * @param beta2 decay of the second moment, 0 to below 1
 * @param epsilon added to the root of the second moment, positive
 * @param weightDecay at least 0; for {@link Kind#ADAM} added to the gradient, for {@link Kind#ADAMW} decoupled from it.
 *     Biases and normalisation scales do not decay
 */
public record Optimizer(Kind kind, float beta1, float beta2, float epsilon, float weightDecay) {
    /** The optimisers there are. */
    public enum Kind {
        /** Kingma and Ba 2015. */
        ADAM,
        /** Adam with decoupled weight decay (Loshchilov and Hutter 2019). */
        ADAMW
    }

    /** Checks the ranges. */
    public Optimizer {
        Required.setting(kind, "kind of optimizer");
        boolean betas = beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1;
        boolean rest = epsilon > 0 && weightDecay >= 0 && Float.isFinite(epsilon) && Float.isFinite(weightDecay);
        if (!betas || !rest) {
            throw new SettingsException(Problem.of("An optimiser's settings are out of range.")
                    .expected("betas in [0, 1), epsilon above 0, weight decay at least 0")
                    .found("beta1 " + beta1 + ", beta2 " + beta2 + ", epsilon " + epsilon + ", weight decay "
                            + weightDecay));
        }
    }

    /** Adam with betas 0.9 and 0.999, epsilon 1e-7 and no weight decay: Keras's defaults. */
    public static Optimizer adam() {
        return new Optimizer(Kind.ADAM, 0.9f, 0.999f, 1e-7f, 0f);
    }

    /** AdamW with the same moments. */
    public static Optimizer adamW(float weightDecay) {
        return new Optimizer(Kind.ADAMW, 0.9f, 0.999f, 1e-7f, weightDecay);
    }

    /** Returns a copy with another weight decay. */
    public Optimizer withWeightDecay(float value) {
        return new Optimizer(kind, beta1, beta2, epsilon, value);
    }

    /** The factor of the learning rate that corrects the moments' start at zero; steps count from 1. */
    public double biasCorrection(long step) {
        return Math.sqrt(1 - Math.pow(beta2, (double) step)) / (1 - Math.pow(beta1, (double) step));
    }
}
