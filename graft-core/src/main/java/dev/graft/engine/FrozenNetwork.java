package dev.graft.engine;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.feature.Rows;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Stage;
import dev.graft.weights.WeightSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The frozen prefix of a backbone, in inference mode for ever: no gradient, no BatchNorm update, no dropout. Holds
 * native memory until whoever made it closes it. Safe for use by several threads, and so is closing it meanwhile: who uses it
 * ends with a {@link dev.graft.error.ClosedException} at the next call, and the last of them gives the memory back.
 */
public final class FrozenNetwork implements AutoCloseable {
    // So many rows cross into the engine together, since a crossing takes as long as some small layers.
    private static final int MOST_TOGETHER = 256;
    private static final long CROSSING_BYTES = 4L << 20;

    private final NDManager scope = TensorEngine.newScope();
    private final Lifetime lifetime = new Lifetime("network", this::release);
    private final List<Stage> stages;
    private final WeightSet weights;
    private final Program program;
    private final int chunk;
    private final @Nullable Parameters parameters;
    private final @Nullable PackedLayers packed;
    private final @Nullable BlockedProgram blocked;
    private final ActivationShape input;
    private final ActivationShape output;
    private final List<Tap> taps;

    /**
     * Makes the network.
     *
     * @param input the shape of one example's input
     * @param stages the frozen stages, in order
     * @param taps where features are taken out
     * @param weights at least the stages' tensors
     */
    public FrozenNetwork(ActivationShape input, List<Stage> stages, List<Tap> taps, WeightSet weights) {
        Folding.Folded folded = Folding.of(input, stages, weights);
        this.stages = List.copyOf(stages);
        this.weights = weights;
        this.program = new Program(folded.stages(), taps);
        this.chunk = program.examplesOfOneThread(input);
        boolean canBlock = BlockedProgram.canRun(input, folded.stages(), folded.weights());
        this.blocked = canBlock
                ? Lifetime.inScope(scope, () -> new BlockedProgram(scope, chunk, input, program, folded.weights()))
                : null;
        this.packed = canBlock ? null : Lifetime.inScope(scope, () -> packed(folded));
        this.parameters = canBlock ? null : Lifetime.inScope(scope, () -> parameters(folded));
        this.input = input;
        this.output = outputShape(input, stages);
        this.taps = List.copyOf(taps);
    }

    private @Nullable PackedLayers packed(Folding.Folded folded) {
        List<Layer> layers = PackedLayers.in(folded.stages(), folded.weights());
        return layers.isEmpty() || !PackedLayers.canRun() ? null : new PackedLayers(scope, layers, folded.weights());
    }

    private Parameters parameters(Folding.Folded folded) {
        if (packed == null) {
            return Parameters.of(scope, folded.parameters(), folded.weights());
        }
        List<ParameterSpec> others = folded.parameters().stream()
                .filter(spec -> !packed.tensors().contains(spec.name()))
                .toList();
        return Parameters.of(scope, others, folded.weights()).with(packed);
    }

    /**
     * What the frozen part makes of some rows.
     *
     * @param tapped for each tap, in order, the pooled features of all rows, row after row
     * @param last the last stage's activations, row after row, channels innermost; of a sequence the number of its tokens and
     *     these alone; empty unless asked for
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Features(List<float[]> tapped, float[] last) {}

    /**
     * How many rows a call best takes where threads share some, so that they end together.
     *
     * @param rows how many there are
     * @param threads how many share them
     * @param width float32 numbers that enter and leave for each row
     */
    public int batch(int rows, int threads, long width) {
        if (blocked == null) {
            return chunk;
        }
        long most = Math.max(1, Math.min(MOST_TOGETHER, CROSSING_BYTES / (Float.BYTES * width)) / chunk);
        int chunksOfThread = Math.max(1, ceil(ceil(rows, threads), chunk));
        int calls = ceil(chunksOfThread, Math.toIntExact(most));
        return chunk * ceil(chunksOfThread, calls);
    }

    private static int ceil(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    /**
     * Runs rows {@code from} (inclusive) to {@code to} (exclusive).
     *
     * @param keepLast whether the last stage's activations are wanted
     * @throws dev.graft.error.ClosedException if it is closed
     */
    public Features run(Rows rows, int from, int to, boolean keepLast) {
        return run(rows, IntStream.range(from, to).toArray(), keepLast);
    }

    /**
     * Runs some rows, in the order of their indexes.
     *
     * @param keepLast whether the last stage's activations are wanted
     * @throws dev.graft.error.ClosedException if it is closed
     */
    public Features run(Rows rows, int[] indexes, boolean keepLast) {
        return lifetime.during(() -> EngineFailures.told(
                "the frozen part of " + indexes.length + " examples", () -> compute(rows, indexes, keepLast)));
    }

    private Features compute(Rows rows, int[] indexes, boolean keepLast) {
        TensorEngine.threads();
        TensorEngine.stopRecording();
        try (NDManager step = scope.newSubManager()) {
            int width = rows.width();
            float[] values = new float[Math.multiplyExact(indexes.length, width)];
            rows.read(indexes, values);
            Entry entry = Entry.of(step.create(values, new Shape(indexes.length, width)), input, Pass.inference());
            Program.Outcome outcome = blocked == null
                    ? program.run(entry.activation(), Objects.requireNonNull(parameters), entry.pass())
                    : blocked.run(entry.activation(), keepLast);
            List<float[]> tapped = taps.stream()
                    .map(tap ->
                            Objects.requireNonNull(outcome.tapped().get(tap)).toFloatArray())
                    .toList();
            float[] last = keepLast ? entry.toRows(Objects.requireNonNull(outcome.last()), output) : new float[0];
            return new Features(tapped, last);
        }
    }

    private static ActivationShape outputShape(ActivationShape input, List<Stage> stages) {
        ActivationShape shape = input;
        for (Stage stage : stages) {
            shape = stage.outputShape(shape);
        }
        return shape;
    }

    /** Whether a tensor in native memory is no longer, byte for byte, what it was made as. */
    public boolean moved() {
        return !lifetime.during(this::inNativeMemory)
                .equals(Folding.of(input, stages, weights).weights());
    }

    private WeightSet inNativeMemory() {
        if (blocked != null) {
            return blocked.weights();
        }
        WeightSet plain = Objects.requireNonNull(parameters).toWeights();
        return packed == null ? plain : plain.plus(packed.toWeights());
    }

    /** To close it twice does nothing. */
    @Override
    public void close() {
        lifetime.close();
    }

    private void release() {
        if (blocked != null) {
            blocked.close();
        }
        if (packed != null) {
            packed.close();
        }
        scope.close();
    }
}
