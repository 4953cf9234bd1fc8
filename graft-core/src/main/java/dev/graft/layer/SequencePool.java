package dev.graft.layer;

/** How a sequence, (tokens, width), becomes one vector, (width). Tokens beyond an example's length do not count. */
public enum SequencePool implements Layer {
    /** The mean of all tokens (Reimers and Gurevych 2019). */
    MEAN("mean of the tokens"),
    /** The first token, which encoders put before the text to stand for it all (Devlin et al. 2019). */
    FIRST("first token"),
    /** The last token, the only one of a decoder that has seen them all. */
    LAST("last token");

    private final String label;

    SequencePool(String label) {
        this.label = label;
    }

    @Override
    public String describe() {
        return label;
    }

    @Override
    public ActivationShape outputShape(ActivationShape input) {
        InputShapes.requireSequence(this, input, input.channels());
        return ActivationShape.vector(input.channels());
    }
}
