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
    private static final Pass INFERENCE = new Pass(null, null, false, null);

    private final @Nullable SplittableRandom random;
    private final @Nullable Sequences sequences;
    private final boolean batchStatistics;

    private final @Nullable BackwardPass backward;

    private Pass(
            @Nullable SplittableRandom random,
            @Nullable Sequences sequences,
            boolean batchStatistics,
            @Nullable BackwardPass backward) {
        this.random = random;
        this.sequences = sequences;
        this.batchStatistics = batchStatistics;
        this.backward = backward;
    }

    /** Dropout does nothing, and normalisation uses its running statistics. */
    static Pass inference() {
        return INFERENCE;
    }

    /** Dropout drops, the same elements for the same seed, and normalisation uses and updates the batch's statistics. */
    static Pass training(long seed) {
        return new Pass(new SplittableRandom(seed), null, true, null);
    }

    /** A run like this one whose normalisation uses its running statistics, and leaves them as they are. */
    Pass byRunningStatistics() {
        return new Pass(random, sequences, false, backward);
    }

    /** A run like this one whose way back goes piece by piece. */
    Pass through(BackwardPass pieces) {
        return new Pass(random, sequences, batchStatistics, pieces);
    }

    /** A run like this one over a batch of sequences. */
    Pass over(Sequences batch) {
        return new Pass(random, batch, batchStatistics, backward);
    }

    /** A run over this batch in training mode. */
    Pass trained(long seed) {
        return new Pass(new SplittableRandom(seed), sequences, true, backward);
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

    /** The pieces that the way back goes through; null if it is one piece. */
    @Nullable
    BackwardPass backward() {
        return backward;
    }

    /** An activation that more than one operation is going to take. */
    NDArray shared(NDArray activation) {
        return backward == null ? activation : backward.begin(activation);
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
