package dev.graft.engine;

import java.util.SplittableRandom;

/** Arrays to compute with, and how far two of them lie apart. */
final class Numbers {
    private Numbers() {}

    /** The same numbers from -1 to 1 each time. */
    static float[] random(int count) {
        SplittableRandom random = new SplittableRandom(9);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    /** The largest difference of two equally long arrays; not a number if any of theirs is none. */
    static double largestDifference(float[] left, float[] right) {
        if (left.length != right.length) {
            throw new IllegalArgumentException(left.length + " and " + right.length + " numbers");
        }
        double largest = 0;
        for (int i = 0; i < left.length; i++) {
            largest = Math.max(largest, Math.abs((double) left[i] - right[i]));
        }
        return largest;
    }
}
