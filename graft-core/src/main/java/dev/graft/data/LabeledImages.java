package dev.graft.data;

/**
 * Images with one class each, in a fixed order.
 *
 * <p>Implementations may read {@link #image(int)} from disk at each call; only the labels are kept in memory. They are
 * safe for use by several threads.
 */
public interface LabeledImages extends LabeledExamples {
    /**
     * The decoded image of an example.
     *
     * @throws dev.graft.error.DataException if it can no longer be read or decoded
     */
    Image image(int index);

    @Override
    default LabeledImages subset(int[] indexes) {
        return new SubsetImages(this, indexes);
    }
}
