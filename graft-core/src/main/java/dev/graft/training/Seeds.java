package dev.graft.training;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Seeds for each use and moment, derived from the run's one seed, so that no random state needs to be saved. */
final class Seeds {
    private static final long SHUFFLE = 1;
    private static final long STEP = 2;
    private static final long INITIAL = 3;
    private static final long VIEW = 4;
    private static final long BUCKETS = 5;

    private Seeds() {}

    /** The order of the examples in an epoch: a permutation of 0 to {@code count - 1}. */
    static int[] order(long seed, int phase, int epoch, int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        SplittableRandom random = new SplittableRandom(mix(seed, SHUFFLE, phase, epoch));
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }

    /**
     * An order in which every class comes up equally often, as far as the numbers divide: as many places as there are
     * examples, the examples of small classes several times, those of large ones in turn from epoch to epoch.
     */
    static int[] balancedOrder(long seed, int phase, int epoch, int[] labels, int classes) {
        int[] shuffled = order(seed, phase, epoch, labels.length);
        List<List<Integer>> byClass = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            byClass.add(new ArrayList<>());
        }
        for (int index : shuffled) {
            byClass.get(labels[index]).add(index);
        }
        byClass.removeIf(List::isEmpty);
        int[] balanced = new int[labels.length];
        for (int i = 0; i < balanced.length; i++) {
            List<Integer> own = byClass.get(i % byClass.size());
            balanced[i] = own.get(i / byClass.size() % own.size());
        }
        // The classes come in turn: shuffle again, so that a batch is no cycle.
        int[] places = order(mix(seed, SHUFFLE), phase, epoch, labels.length);
        int[] drawn = new int[labels.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = balanced[places[i]];
        }
        return drawn;
    }

    /** The seed of one step's dropout. */
    static long step(long seed, int phase, int epoch, int step) {
        return mix(seed, STEP, phase, epoch, step) & Long.MAX_VALUE;
    }

    /** The seed of the changes that make a view of the images. */
    static long view(long seed, int phase, int number) {
        return mix(seed, VIEW, phase, number);
    }

    /** The seed of the order in which batches of about one length come. */
    static long buckets(long seed, int phase, int epoch) {
        return mix(seed, BUCKETS, phase, epoch);
    }

    /** The seed of initial weights. */
    static long initial(long seed) {
        return mix(seed, INITIAL);
    }

    /** Mixes the parts with the finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
    private static long mix(long... parts) {
        long state = 0;
        for (long part : parts) {
            state += part + 0x9E3779B97F4A7C15L;
            state = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
            state = (state ^ (state >>> 27)) * 0x94D049BB133111EBL;
            state ^= state >>> 31;
        }
        return state;
    }
}
