package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.layer.ParameterSpec;
import dev.graft.optimization.Optimizer;
import dev.graft.weights.WeightSet;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adam's and AdamW's updates on a network's learned tensors, with a state that can be saved. */
final class MomentUpdates {
    private static final String FIRST = "m.";
    private static final String SECOND = "v.";
    // Work for one core: some tens of microseconds.
    private static final int BLOCK = 64 * Moments.CHUNK;

    private final NDManager scope;
    private final Parameters parameters;
    private final StepSettings settings;
    private final List<ParameterSpec> learned;
    private final Set<String> names;
    private final PenaltyGradients penalties;
    private final Map<String, BitSet> touchedRows = new HashMap<>();
    private @Nullable State state;
    private long steps;

    /** The moments, which exist from the first update on. */
    private record State(Parameters first, Parameters second, Map<String, Moments> tensors) {}

    MomentUpdates(NDManager scope, Parameters parameters, StepSettings settings) {
        this.scope = scope;
        this.parameters = parameters;
        this.settings = settings;
        this.learned =
                parameters.specs().stream().filter(ParameterSpec::learned).toList();
        this.names = learned.stream().map(ParameterSpec::name).collect(Collectors.toUnmodifiableSet());
        this.penalties = new PenaltyGradients(scope, learned, settings.penalties());
    }

    /** Where the gradients of a step's share are collected. */
    Gradients gradients(NDManager share) {
        return new Gradients(share, names, settings.penalties().keySet());
    }

    /** One update from the gradients that the backward passes over a batch's shares left. */
    void apply(List<Gradients> gradients, double rateFactor, CoreTeam team) {
        steps++;
        State all = state();
        Map<String, List<FloatBuffer>> whole = new HashMap<>();
        Map<String, RowGradient> byRow = new HashMap<>();
        float rescale = rescale(collect(gradients, whole, byRow));
        List<Runnable> blocks = new ArrayList<>();
        for (ParameterSpec spec : learned) {
            Moments tensor = Objects.requireNonNull(all.tensors().get(spec.name()));
            Moments.Update update = update(spec, rateFactor, rescale);
            List<FloatBuffer> gradient = whole.get(spec.name());
            RowGradient rows = byRow.get(spec.name());
            if (gradient != null) {
                for (int from = 0; from < tensor.size(); from += BLOCK) {
                    int start = from;
                    int end = Math.min(tensor.size(), from + BLOCK);
                    blocks.add(() -> tensor.apply(update, gradient, start, end));
                }
            } else if (rows != null) {
                addRows(blocks, spec, tensor, update, rows);
            }
        }
        // The blocks share nothing, so their order does not matter.
        if (blocks.size() > learned.size()) {
            team.each(blocks, Runnable::run);
        } else {
            blocks.forEach(Runnable::run);
        }
    }

    /**
     * Brings the gradients into Java's reach, a batch's shares one by one, penalties included; returns the sum of the
     * squares of the whole gradient if needed.
     */
    private double collect(
            List<Gradients> gradients, Map<String, List<FloatBuffer>> whole, Map<String, RowGradient> byRow) {
        boolean clips = !Double.isInfinite(settings.clipNorm());
        double squares = 0;
        for (ParameterSpec spec : learned) {
            List<NDArray> parts = Gradients.of(gradients, spec.name());
            if (!parts.isEmpty()) {
                NDArray first = parts.get(0);
                penalties.addTo(first, spec.name(), parameters.get(spec.name()));
                if (clips) {
                    // Only the whole gradient has a norm.
                    parts.subList(1, parts.size()).forEach(first::addi);
                    parts = List.of(first);
                    double norm = first.norm().getFloat();
                    squares += norm * norm;
                }
                whole.put(spec.name(), parts.stream().map(Moments::values).toList());
                continue;
            }
            RowGradient rows = Gradients.sumOfRows(gradients, spec.name(), width(spec));
            if (rows != null) {
                byRow.put(spec.name(), rows);
                squares += clips ? rows.squares() : 0;
            }
        }
        return squares;
    }

    private static int width(ParameterSpec spec) {
        return Math.toIntExact(spec.elements() / spec.shape().get(0));
    }

    /** Rows that never had a gradient have no moments: all that can move them is weight decay. */
    private void addRows(
            List<Runnable> blocks, ParameterSpec spec, Moments tensor, Moments.Update update, RowGradient rows) {
        int width = width(spec);
        int count = tensor.size() / width;
        BitSet touched = touchedRows.computeIfAbsent(spec.name(), name -> touched(tensor, count, width));
        rows.places().forEach(touched::set);
        float[] zeros = new float[width];
        int size = Math.max(1, BLOCK / width);
        for (int from = 0; from < count; from += size) {
            int start = from;
            int end = Math.min(count, from + size);
            blocks.add(() -> {
                for (int row = start; row < end; row++) {
                    if (touched.get(row)) {
                        float[] gradient = rows.row(row);
                        tensor.applyRow(update, gradient == null ? zeros : gradient, row);
                    } else if (update.pulled() != 0) {
                        tensor.applyRow(update, zeros, row);
                    } else if (update.kept() != 1) {
                        tensor.decayRow(update, row, width);
                    }
                }
            });
        }
    }

    private static BitSet touched(Moments tensor, int count, int width) {
        BitSet touched = new BitSet(count);
        for (int row = 0; row < count; row++) {
            touched.set(row, !tensor.untouched(row, width));
        }
        return touched;
    }

    private Moments.Update update(ParameterSpec spec, double rateFactor, float rescale) {
        Optimizer optimizer = settings.optimizer();
        double rate =
                rateFactor * Objects.requireNonNull(settings.learningRates().get(spec.name()), spec.name());
        float decay = spec.role().decays() ? optimizer.weightDecay() : 0f;
        boolean decoupled = optimizer.kind() == Optimizer.Kind.ADAMW;
        return new Moments.Update(
                rescale,
                decoupled ? 0f : decay,
                decoupled ? (float) (1 - rate * decay) : 1f,
                (float) (rate * optimizer.biasCorrection(steps)),
                optimizer.beta1(),
                optimizer.beta2(),
                optimizer.epsilon());
    }

    /** The factor that brings the gradients' global norm down to the limit. */
    private float rescale(double squares) {
        double norm = Math.sqrt(squares);
        return norm > settings.clipNorm() ? (float) (settings.clipNorm() / norm) : 1f;
    }

    long steps() {
        return steps;
    }

    WeightSet toWeights() {
        State all = state();
        return all.first()
                .toWeights()
                .withPrefix(FIRST)
                .plus(all.second().toWeights().withPrefix(SECOND));
    }

    void restore(WeightSet saved, long stepsDone) {
        if (state != null) {
            state.first().release();
            state.second().release();
        }
        touchedRows.clear();
        state = state(
                Parameters.of(scope, learned, saved.select(FIRST)),
                Parameters.of(scope, learned, saved.select(SECOND)));
        steps = stepsDone;
    }

    private State state() {
        if (state == null) {
            state = state(Parameters.zerosLike(scope, learned), Parameters.zerosLike(scope, learned));
        }
        return state;
    }

    private State state(Parameters first, Parameters second) {
        Map<String, Moments> tensors = new HashMap<>();
        for (String name : names) {
            tensors.put(name, new Moments(parameters.get(name), first.get(name), second.get(name)));
        }
        return new State(first, second, tensors);
    }
}
