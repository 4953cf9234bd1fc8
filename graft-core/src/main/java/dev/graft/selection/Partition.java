package dev.graft.selection;

import java.util.stream.IntStream;

/** Sets of examples by their indexes. */
final class Partition {
    private Partition() {}

    /** All of 0 to {@code count - 1} but those. */
    static int[] others(int count, int[] without) {
        boolean[] out = new boolean[count];
        for (int index : without) {
            out[index] = true;
        }
        return IntStream.range(0, count).filter(index -> !out[index]).toArray();
    }
}
