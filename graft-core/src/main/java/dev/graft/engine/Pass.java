package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One run through a network: for inference, or for training with the random numbers of its dropout. They are drawn in
 * Java, because the engine has one generator for the whole process, which trainings side by side would share.
 */
final class Pass {
    private static final Pass INFERENCE = new Pass(null, null, false);

    private final @Nullable SplittableRandom random;
    private final @Nullable Sequences sequences;
    private final boolean batchStatistics;

    private Pass(@Nullable SplittableRandom random, @Nullable Sequences sequences, boolean batchStatistics) {
        this.random = random;
        this.sequences = sequences;
        this.batchStatistics = batchStatistics;
    }

    /** Dropout does nothing, and normalisation uses its running statistics. */
    static Pass inference() {
        return INFERENCE;
    }

    /** Dropout drops, the same elements for the same seed, and normalisation uses and updates the batch's statistics. */
    static Pass training(long seed) {
        return new Pass(new SplittableRandom(seed), null, true);
    }

    /** A run like this one whose normalisation uses its running statistics, and leaves them as they are. */
    Pass byRunningStatistics() {
        return new Pass(random, sequences, false);
    }

    /** The same run over a batch of sequences. */
    Pass over(Sequences batch) {
        return new Pass(random, batch, batchStatistics);
    }

    /** The same batch in training mode. */
    Pass trained(long seed) {
        return new Pass(new SplittableRandom(seed), sequences, true);
    }

    /** The batch's sequences. */
    Sequences sequences() {
        return Objects.requireNonNull(sequences, "a network of sequences runs over sequences");
    }

    boolean training() {
        return random != null;
    }

    /** Whether normalisation uses, and updates its own with, the statistics of the batch. */
    boolean batchStatistics() {
        return batchStatistics;
    }

    /** Zeroes each element with the given probability and scales the others up; the input itself in inference. */
    NDArray drop(NDArray input, float rate) {
        if (random == null || rate == 0) {
            return input;
        }
        float[] factors = new float[Math.toIntExact(input.size())];
        float kept = 1 / (1 - rate);
        for (int i = 0; i < factors.length; i++) {
            factors[i] = random.nextDouble() < rate ? 0f : kept;
        }
        return input.mul(input.getManager().create(factors, input.getShape()));
    }
}
