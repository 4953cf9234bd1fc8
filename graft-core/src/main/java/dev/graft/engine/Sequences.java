package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many tokens each sequence of a batch has, and the masks that follow. Sequences are padded at their end, to the
 * batch's longest. Made for one batch: the masks live in its scope.
 */
final class Sequences {
    // Added to what must not count before a softmax or a maximum: far below any value, and finite.
    private static final float NEVER = -1e9f;

    private final NDManager scope;
    private final int[] lengths;
    private final int longest;
    private final Map<Boolean, NDArray> attentionMasks = new HashMap<>();

    Sequences(NDManager scope, int[] lengths) {
        this.scope = scope;
        this.lengths = lengths;
        this.longest = Arrays.stream(lengths).max().orElse(1);
    }

    int longest() {
        return longest;
    }

    int length(int example) {
        return lengths[example];
    }

    /** What is added to attention's scores, (batch or 1, 1, tokens or 1, tokens); null where every token may be seen. */
    @Nullable
    NDArray attentionMask(boolean causal) {
        // A causal token looks only back, and padding lies at the end: no token that counts ever sees it.
        if (!causal && !padded()) {
            return null;
        }
        return attentionMasks.computeIfAbsent(causal, key -> causal ? causalMask() : paddingMask());
    }

    /** 1 for each token that counts, else 0: (batch, tokens, 1). */
    NDArray present() {
        float[] values = new float[lengths.length * longest];
        for (int i = 0; i < lengths.length; i++) {
            Arrays.fill(values, i * longest, i * longest + lengths[i], 1f);
        }
        return scope.create(values, new Shape(lengths.length, longest, 1));
    }

    /** 1 for the last token that counts, else 0: (batch, tokens, 1). */
    NDArray last() {
        float[] values = new float[lengths.length * longest];
        for (int i = 0; i < lengths.length; i++) {
            values[i * longest + lengths[i] - 1] = 1f;
        }
        return scope.create(values, new Shape(lengths.length, longest, 1));
    }

    /** The number of tokens that count: (batch, 1). */
    NDArray counts() {
        float[] values = new float[lengths.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = lengths[i];
        }
        return scope.create(values, new Shape(values.length, 1));
    }

    /** Zero for each token that counts, else a value below all others: (batch, tokens, 1). */
    NDArray penalties() {
        return scope.create(paddingPenalties(), new Shape(lengths.length, longest, 1));
    }

    private boolean padded() {
        return Arrays.stream(lengths).anyMatch(length -> length < longest);
    }

    private NDArray paddingMask() {
        return scope.create(paddingPenalties(), new Shape(lengths.length, 1, 1, longest));
    }

    private float[] paddingPenalties() {
        float[] values = new float[lengths.length * longest];
        for (int i = 0; i < lengths.length; i++) {
            Arrays.fill(values, i * longest + lengths[i], (i + 1) * longest, NEVER);
        }
        return values;
    }

    private NDArray causalMask() {
        float[] values = new float[longest * longest];
        for (int row = 0; row < longest; row++) {
            Arrays.fill(values, row * longest + row + 1, (row + 1) * longest, NEVER);
        }
        return scope.create(values, new Shape(1, 1, longest, longest));
    }
}
