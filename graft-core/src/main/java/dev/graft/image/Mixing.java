package dev.graft.image;

/** Whether two training examples are blended into one, with both labels in proportion. */
public enum Mixing {
    /** Each example by itself. */
    NONE,
    /** A weighted sum of two examples, of pictures or of features (Zhang et al. 2018, arXiv 1710.09412). */
    MIXUP,
    /**
     * A rectangle of one picture pasted into another (Yun et al. 2019, arXiv 1905.04899). Where training starts from
     * cached features, which have no rectangle to paste, it is the weighted sum of {@link #MIXUP}.
     */
    CUTMIX
}
