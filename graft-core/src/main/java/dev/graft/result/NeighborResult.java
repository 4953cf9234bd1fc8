package dev.graft.result;

/**
 * An example that is like another.
 *
 * @param index its place in the data
 * @param example its file, or its text
 * @param label its label; empty if it has none
 * @param similarity the cosine of the two vectors of features, -1 to 1
 */
public record NeighborResult(int index, String example, String label, double similarity) {}
