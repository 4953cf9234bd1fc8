package dev.graft.layer;

/** A function of each element, beside {@link Layer.Relu}. */
public enum Activation implements Layer {
    /** min(max(x, 0), 6) (Howard et al. 2017). */
    RELU6("relu6"),
    /** x · sigmoid(x), also called swish (Elfwing et al. 2017). */
    SILU("silu"),
    /** x · Φ(x), with Φ the normal distribution function itself, not its tanh approximation (Hendrycks and Gimpel 2016). */
    GELU("gelu"),
    /** The approximation of {@link #GELU} by tanh that GPT-2 was trained with (same paper, section 2). */
    GELU_TANH("gelu by tanh");

    private final String label;

    Activation(String label) {
        this.label = label;
    }

    @Override
    public String describe() {
        return label;
    }

    @Override
    public ActivationShape outputShape(ActivationShape input) {
        return input;
    }
}
