package dev.graft.benchmark;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Indexes of shuffled batches, the same for each peer, for as long as they are asked for. */
final class Batches {
    private final int batch;
    private final int[] order;
    private final SplittableRandom random = new SplittableRandom(1);
    private int next;

    Batches(int count, int batch) {
        this.batch = batch;
        this.order = new int[count];
        Arrays.setAll(order, i -> i);
        this.next = count;
    }

    int[] next() {
        if (next + batch > order.length) {
            for (int i = order.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int kept = order[i];
                order[i] = order[j];
                order[j] = kept;
            }
            next = 0;
        }
        next += batch;
        return Arrays.copyOfRange(order, next - batch, next);
    }
}
