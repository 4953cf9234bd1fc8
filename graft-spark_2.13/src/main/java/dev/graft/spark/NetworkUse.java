package dev.graft.spark;

import dev.graft.model.TransferModel;
import java.io.Serializable;
import java.util.List;

/**
 * What is done with a network on an executor.
 *
 * @param <N> the network as it is held in native memory
 */
interface NetworkUse<N extends AutoCloseable> extends Serializable {
    /** What is made of a network for this use, one word; equal words mean that it may be shared. */
    String kind();

    /** Loads a network into the engine. */
    N load(TransferModel model);

    /** The most examples that are computed at once. */
    int batchSize(N network);

    /** The number of new columns. */
    int columns();

    /**
     * The values of the new columns for each of some examples, in the columns' order. What an example becomes does not depend on the
     * others.
     *
     * @param examples at least one and at most a batch of them, none of them broken
     */
    Object[][] compute(N network, List<Example> examples);
}
