package dev.graft.cli;

/** How far some work has come. Close it when the work ends. */
interface Progress extends AutoCloseable {
    /**
     * Says how far the work is.
     *
     * @param done steps done so far, from 0 to the total
     * @param detail what to show beside it, such as {@code "epoch 2, loss 0.31"}, or an empty string
     */
    void advanceTo(long done, String detail);

    @Override
    void close();

    /** Progress that nobody wants to see. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void advanceTo(long done, String detail) {}

            @Override
            public void close() {}
        };
    }
}
