package dev.graft.data;

/**
 * The random numbers behind every drawing, split and subset: SplitMix64 (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014).
 *
 * <p>Written out here, with its own bounded integers and shuffle, because a seed must mean the same data on every Java
 * version, and the platform promises that for none of its generators that is also good from small, adjacent seeds.
 */
final class SplitMix64 {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    SplitMix64(long seed) {
        state = seed;
    }

    long nextLong() {
        state += GOLDEN_GAMMA;
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    boolean nextBoolean() {
        return nextLong() < 0;
    }

    /** A uniform integer in [from, to], both ends included. */
    int nextInt(int from, int to) {
        long bound = (long) to - from + 1;
        long bits = nextLong() >>> 1;
        long value = bits % bound;
        // Drawn again in the incomplete last block, which would favour the small values.
        while (bits - value + (bound - 1) < 0) {
            bits = nextLong() >>> 1;
            value = bits % bound;
        }
        return (int) (from + value);
    }

    /** Shuffles in place (Fisher-Yates, from the end). */
    void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = nextInt(0, i);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}
