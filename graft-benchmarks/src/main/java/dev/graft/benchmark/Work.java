package dev.graft.benchmark;

/** Something to measure, prepared as far as it is not part of the measurement. Closed by whoever asked for it. */
interface Work extends AutoCloseable {
    /** Does the work once. */
    void run();

    /** How many units, such as training steps, one {@link #run()} does; times are given for one unit. */
    default int units() {
        return 1;
    }

    /**
     * What the peers must agree on: of a feature pass, statistics of the last batch that hold in any memory layout; of
     * training, the last loss. Empty if there is nothing to compare.
     */
    default float[] outcome() {
        return new float[0];
    }

    @Override
    void close();
}
