package dev.graft.benchmark;

/** An engine that does the works. One process holds one peer. */
interface Peer {
    /** Loads the native library and computes something small. */
    void start();

    /**
     * Prepares a work.
     *
     * @throws UnsupportedOperationException if this peer has no such work
     */
    Work prepare(Task task);
}
