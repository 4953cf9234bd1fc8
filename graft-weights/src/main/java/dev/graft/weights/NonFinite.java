package dev.graft.weights;

/** What to do with NaN and infinity among the values of a weights file. */
public enum NonFinite {
    /** Refuse the file and name the tensor: such weights come from a training run that diverged. The default. */
    REFUSE,
    /** Take the values as they are. */
    ALLOW
}
