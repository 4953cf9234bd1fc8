package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.error.Problem;
import dev.graft.error.WeightsMismatchException;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Stage;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A whole network, its trunks and its head, for prediction only. Holds native memory until whoever made it closes it. Safe for
 * use by several threads, and so is closing it meanwhile: who uses it ends with a {@link dev.graft.error.ClosedException} at
 * the next batch, and the last of them gives the memory back.
 */
public final class InferenceNetwork implements AutoCloseable {
    // Ten milliseconds or so of one thread.
    private static final long WORK_OF_ONE_THREAD = 500_000_000;

    private final NDManager scope = TensorEngine.newScope();
    private final Lifetime lifetime = new Lifetime("classifier", this::release);
    private final List<Trunk> trunks;
    private final List<List<Tap>> observed;
    private final List<Layer> head;
    private final List<Program> programs = new ArrayList<>();
    private final List<Program> observing = new ArrayList<>();
    private final List<List<Stage>> stages = new ArrayList<>();
    private final PackedLayers packed = new PackedLayers(scope);
    private final Parameters parameters;
    private final int atOnce;
    private final long[] multiplications;

    /**
     * Makes a network of one trunk.
     *
     * @param input the shape of one example
     * @param stages the stages, in order
     * @param taps where the head's features are taken out
     * @param head the head's layers
     * @param weights at least the tensors of stages and head
     */
    public InferenceNetwork(
            ActivationShape input, List<Stage> stages, List<Tap> taps, List<Layer> head, WeightSet weights) {
        this(List.of(new Trunk("", input, stages, taps)), head, weights);
    }

    /**
     * Makes a network of several trunks, whose features are joined in order.
     *
     * @param trunks the trunks
     * @param head the head's layers
     * @param weights at least the tensors of trunks and head
     */
    public InferenceNetwork(List<Trunk> trunks, List<Layer> head, WeightSet weights) {
        this(trunks, trunks.stream().map(trunk -> List.<Tap>of()).toList(), head, weights);
    }

    /**
     * Makes a network that also gives features which its head does not take.
     *
     * @param trunks the trunks
     * @param observed for each trunk where else features are taken out, at stages that it has; see {@link #outputs}
     * @param head the head's layers
     * @param weights at least the tensors of trunks and head
     */
    public InferenceNetwork(List<Trunk> trunks, List<List<Tap>> observed, List<Layer> head, WeightSet weights) {
        this.trunks = List.copyOf(trunks);
        this.observed = observed.stream().map(List::copyOf).toList();
        this.head = List.copyOf(head);
        List<ParameterSpec> specs = new ArrayList<>();
        Map<String, FloatTensor> all = new LinkedHashMap<>();
        for (Trunk trunk : trunks) {
            Folding.Folded folded = Folding.of(
                    trunk.input(), trunk.stages(), trunk.prefix().isEmpty() ? weights : weights.select(trunk.prefix()));
            observing.add(new Program(folded.stages(), taps(trunk, programs.size())));
            programs.add(new Program(folded.stages(), trunk.taps()));
            stages.add(folded.stages());
            folded.parameters().forEach(spec -> specs.add(spec.withPrefix(trunk.prefix())));
            all.putAll(folded.weights().withPrefix(trunk.prefix()).asMap());
            pack(trunk, folded);
        }
        for (Layer layer : head) {
            for (ParameterSpec spec : layer.parameters()) {
                specs.add(spec);
                all.put(spec.name(), weights.get(spec.name()));
            }
        }
        specs.removeIf(spec -> packed.tensors().contains(spec.name()));
        this.parameters = Lifetime.inScope(
                scope, () -> Parameters.of(scope, specs, WeightSet.of(all)).with(packed));
        this.multiplications = trunks.stream()
                .mapToLong(trunk -> Multiplications.of(
                        trunk.stages().stream()
                                .flatMap(stage -> stage.layers().stream())
                                .toList(),
                        trunk.input()))
                .toArray();
        this.atOnce = IntStream.range(0, programs.size())
                .map(i -> programs.get(i).examplesOfAllThreads(trunks.get(i).input()))
                .min()
                .orElseThrow();
    }

    /** Lays out what a trunk multiplies most with; see {@link PackedLayers}. */
    private void pack(Trunk trunk, Folding.Folded folded) {
        if (PackedLayers.canRun()) {
            Lifetime.inScope(scope, () -> {
                packed.add(trunk.prefix(), PackedLayers.in(folded.stages(), folded.weights()), folded.weights());
                return packed;
            });
        }
    }

    /** What is taken out of a trunk, each once. */
    private List<Tap> taps(Trunk trunk, int place) {
        return Stream.concat(trunk.taps().stream(), observed.get(place).stream())
                .distinct()
                .toList();
    }

    /**
     * What a network makes of some examples, row after row.
     *
     * @param logits (examples, logits)
     * @param features (examples, features), those observed; empty if there are none
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Outputs(float[] logits, float[] features) {}

    /**
     * The logits of some examples, row after row, of a network of one trunk.
     *
     * @param rows (examples, height x width x channels), channels innermost; of texts the number of tokens, then these
     * @param examples the number of examples
     * @throws dev.graft.error.ClosedException if it is closed
     * @throws WeightsMismatchException if something comes out that is no finite number
     */
    public float[] logits(float[] rows, int examples) {
        return logits(List.of(rows), examples);
    }

    /**
     * The logits of some examples, row after row.
     *
     * @param rows for each trunk the rows that enter it
     * @param examples the number of examples
     * @throws dev.graft.error.ClosedException if it is closed
     */
    public float[] logits(List<float[]> rows, int examples) {
        return outputs(rows, examples, false).logits();
    }

    /**
     * The logits of some examples and the features that are observed, trunk after trunk, each in the order of its taps.
     *
     * @param rows for each trunk the rows that enter it
     * @param examples the number of examples
     * @param observe whether to take those features out; none are there otherwise
     * @throws dev.graft.error.ClosedException if it is closed
     * @throws WeightsMismatchException if something comes out that is no finite number
     */
    public Outputs outputs(List<float[]> rows, int examples, boolean observe) {
        if (examples <= atOnce) {
            return outputsAtOnce(rows, examples, observe);
        }
        FloatBuffer logits = FloatBuffer.allocate(0);
        FloatBuffer features = FloatBuffer.allocate(0);
        for (int from = 0; from < examples; from += atOnce) {
            int count = Math.min(atOnce, examples - from);
            Outputs some = outputsAtOnce(some(rows, from, count), count, observe);
            if (from == 0) {
                logits = room(some.logits(), examples, count);
                features = room(some.features(), examples, count);
            }
            logits.put(some.logits());
            features.put(some.features());
        }
        return new Outputs(logits.array(), features.array());
    }

    /**
     * What the head takes of some examples: the features of the trunks, joined in order, (examples, features), row after row.
     *
     * @param rows for each trunk the rows that enter it
     * @param examples the number of examples
     * @throws dev.graft.error.ClosedException if it is closed
     * @throws WeightsMismatchException if something comes out that is no finite number
     */
    public float[] features(List<float[]> rows, int examples) {
        FloatBuffer features = FloatBuffer.allocate(0);
        for (int from = 0; from < examples; from += atOnce) {
            int count = Math.min(atOnce, examples - from);
            List<float[]> part = examples <= atOnce ? rows : some(rows, from, count);
            float[] some = lifetime.during(() -> EngineFailures.told(
                    "the features of " + count + " examples",
                    () -> TensorEngine.onThreads(threads(part, count), () -> joined(part, count))));
            if (from == 0) {
                features = room(some, examples, count);
            }
            features.put(some);
        }
        return features.array();
    }

    private static FloatBuffer room(float[] some, int examples, int count) {
        return FloatBuffer.allocate(Math.multiplyExact(examples, some.length / count));
    }

    private List<float[]> some(List<float[]> rows, int from, int count) {
        List<float[]> some = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            int width = trunks.get(i).input().rowLength();
            some.add(Arrays.copyOfRange(rows.get(i), from * width, (from + count) * width));
        }
        return some;
    }

    /**
     * Threads that wait for each other at every operation cost more than they save where an operation is short, and many times
     * more while another program wants a core.
     */
    private int threads(List<float[]> rows, int examples) {
        long work = 0;
        for (int i = 0; i < trunks.size(); i++) {
            ActivationShape input = trunks.get(i).input();
            work += multiplications[i] * (input.isSequence() ? tokens(rows.get(i), input.rowLength()) : examples);
        }
        return work <= WORK_OF_ONE_THREAD ? 1 : TensorEngine.threads();
    }

    /** Of all sequences, each as long as the longest: a row begins with their number. */
    private static long tokens(float[] rows, int width) {
        float longest = 0;
        for (int i = 0; i < rows.length; i += width) {
            longest = Math.max(longest, rows[i]);
        }
        long each = (long) longest;
        return each * (rows.length / width);
    }

    private Outputs outputsAtOnce(List<float[]> rows, int examples, boolean observe) {
        return lifetime.during(() -> EngineFailures.told(
                "a prediction of " + examples + " examples",
                () -> TensorEngine.onThreads(threads(rows, examples), () -> compute(rows, examples, observe))));
    }

    /**
     * What stages make of one example, of a network of one trunk.
     *
     * @param row the example as it enters, height x width x channels, channels innermost
     * @param wanted where activations are taken out, and how pooled
     * @return for each of them in order its values; of a map that is not pooled (channels, height, width)
     * @throws dev.graft.error.ClosedException if it is closed
     * @throws WeightsMismatchException if something comes out that is no finite number
     */
    public List<float[]> activations(float[] row, List<Tap> wanted) {
        List<float[]> rows = List.of(row);
        return lifetime.during(() -> EngineFailures.told(
                "the feature maps of an example",
                () -> TensorEngine.onThreads(threads(rows, 1), () -> compute(row, wanted))));
    }

    private List<float[]> compute(float[] row, List<Tap> wanted) {
        TensorEngine.stopRecording();
        try (NDManager step = scope.newSubManager()) {
            Trunk trunk = trunks.get(0);
            NDArray batch = step.create(row, new Shape(1, trunk.input().rowLength()));
            Entry entry = Entry.of(batch, trunk.input(), Pass.inference());
            Program.Outcome outcome = new Program(stages.get(0), wanted)
                    .run(entry.activation(), parameters.under(trunk.prefix()), entry.pass());
            return wanted.stream()
                    .map(tap -> finite(
                            Objects.requireNonNull(outcome.tapped().get(tap)).toFloatArray(), 1))
                    .toList();
        }
    }

    private Program.Outcome outcome(NDManager step, Program program, int trunkIndex, float[] rows, int examples) {
        Trunk trunk = trunks.get(trunkIndex);
        NDArray batch = step.create(rows, new Shape(examples, trunk.input().rowLength()));
        Entry entry = Entry.of(batch, trunk.input(), Pass.inference());
        return program.run(entry.activation(), parameters.under(trunk.prefix()), entry.pass());
    }

    private float[] joined(List<float[]> rows, int examples) {
        TensorEngine.stopRecording();
        try (NDManager step = scope.newSubManager()) {
            List<NDArray> parts = new ArrayList<>();
            for (int i = 0; i < programs.size(); i++) {
                Program.Outcome outcome = outcome(step, programs.get(i), i, rows.get(i), examples);
                trunks.get(i)
                        .taps()
                        .forEach(tap -> parts.add(
                                Objects.requireNonNull(outcome.tapped().get(tap))));
            }
            return finite(Joining.join(parts).toFloatArray(), examples);
        }
    }

    private Outputs compute(List<float[]> rows, int examples, boolean observe) {
        TensorEngine.stopRecording();
        try (NDManager step = scope.newSubManager()) {
            List<NDArray> parts = new ArrayList<>();
            List<NDArray> seen = new ArrayList<>();
            for (int i = 0; i < programs.size(); i++) {
                Program program = (observe ? observing : programs).get(i);
                Program.Outcome outcome = outcome(step, program, i, rows.get(i), examples);
                trunks.get(i)
                        .taps()
                        .forEach(tap -> parts.add(
                                Objects.requireNonNull(outcome.tapped().get(tap))));
                List<Tap> wanted = observe ? observed.get(i) : List.of();
                wanted.forEach(
                        tap -> seen.add(Objects.requireNonNull(outcome.tapped().get(tap))));
            }
            NDArray logits = Kernels.run(head, Joining.join(parts), parameters, Pass.inference());
            return new Outputs(
                    finite(logits.toFloatArray(), examples),
                    seen.isEmpty() ? new float[0] : finite(Joining.join(seen).toFloatArray(), examples));
        }
    }

    /** What is no number would turn into a class all the same, since something is always the largest. */
    private static float[] finite(float[] logits, int examples) {
        for (int i = 0; i < logits.length; i++) {
            if (!Float.isFinite(logits[i])) {
                throw new WeightsMismatchException(
                        Problem.of("A network's answer is no number.")
                                .where("example " + i / Math.max(1, logits.length / examples) + " of a batch of "
                                        + examples)
                                .expected("finite numbers")
                                .found(logits[i])
                                .fix(
                                        "use weights as they were trained, and inputs in the range of those they were trained on"));
            }
        }
        return logits;
    }

    /**
     * Makes sure that it is open.
     *
     * @throws dev.graft.error.ClosedException if it is closed
     */
    public void requireOpen() {
        lifetime.requireOpen();
    }

    /** To close it twice does nothing. */
    @Override
    public void close() {
        lifetime.close();
    }

    private void release() {
        packed.close();
        scope.close();
    }
}
