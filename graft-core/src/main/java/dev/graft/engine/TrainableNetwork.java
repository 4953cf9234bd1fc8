package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.optimization.CrossEntropy;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The trained part of a network with its optimiser. Holds native memory until closed. Not safe for use by several
 * threads; several networks may be trained at once, each by one thread.
 */
public final class TrainableNetwork implements AutoCloseable {
    private final NDManager scope = TensorEngine.newScope();
    private final TrainingPlan plan;
    private final Program program;
    private final Parameters parameters;
    private final MomentUpdates updates;

    /**
     * Makes the network.
     *
     * @param plan what it consists of
     * @param weights at least the plan's tensors
     * @param settings how a step updates them
     */
    public TrainableNetwork(TrainingPlan plan, WeightSet weights, StepSettings settings) {
        this.plan = plan;
        this.program = new Program(plan.stages(), plan.taps());
        this.parameters = Parameters.of(scope, plan.parameters(), weights);
        this.parameters.requireGradients();
        this.updates = new MomentUpdates(scope, parameters, settings);
    }

    /**
     * One training step on some examples: forward, backward, update. If the loss is not finite, nothing is updated.
     *
     * @param seed of this step's dropout
     * @param rateFactor the schedule's factor of the learning rates
     * @return the sum of the losses, which the caller checks, and the number classified right
     */
    public CrossEntropy.Outcome step(Examples examples, int[] indexes, long seed, double rateFactor) {
        try (NDManager step = scope.newSubManager()) {
            NDArray logits = TensorEngine.recording(() -> forward(step, examples, indexes, Pass.training(seed)));
            int width = plan.logits();
            float[] gradient = new float[indexes.length * width];
            CrossEntropy.Outcome outcome =
                    CrossEntropy.measure(logits.toFloatArray(), width, examples.labels(indexes), 0, gradient);
            if (!Double.isFinite(outcome.lossSum())) {
                return outcome;
            }
            // The loss and its gradient with respect to the logits are computed in Java; the engine goes on from there.
            TensorEngine.backward(logits, step.create(gradient, new Shape(indexes.length, width)));
            updates.apply(rateFactor);
            return outcome;
        }
    }

    /** The logits of examples {@code from} (inclusive) to {@code to} (exclusive), in inference mode, row after row. */
    public float[] logits(Examples examples, int from, int to) {
        int[] indexes = new int[to - from];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = from + i;
        }
        TensorEngine.stopRecording();
        try (NDManager step = scope.newSubManager()) {
            return forward(step, examples, indexes, Pass.inference()).toFloatArray();
        }
    }

    /** Loss and accuracy of examples {@code from} to {@code to}, in inference mode. */
    public CrossEntropy.Outcome measure(Examples examples, int from, int to) {
        float[] logits = logits(examples, from, to);
        int[] indexes = new int[to - from];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = from + i;
        }
        return CrossEntropy.measure(logits, plan.logits(), examples.labels(indexes), 0, new float[0]);
    }

    /** Logits of one example. */
    public int logitWidth() {
        return plan.logits();
    }

    /** The trained tensors as they are now, running statistics included. */
    public WeightSet weights() {
        return parameters.toWeights();
    }

    /** The optimiser's moments, {@code m.<tensor>} and {@code v.<tensor>}, as they are now. */
    public WeightSet optimizerState() {
        return updates.state();
    }

    /** The optimiser's count of steps. */
    public long optimizerSteps() {
        return updates.steps();
    }

    /** Puts the optimiser back to a state that {@link #optimizerState()} gave. */
    public void restoreOptimizer(WeightSet state, long steps) {
        updates.restore(state, steps);
    }

    private NDArray forward(NDManager step, Examples examples, int[] indexes, Pass pass) {
        List<NDArray> parts = new ArrayList<>();
        for (RowFeed feed : examples.features()) {
            parts.add(feed.batch(step, indexes));
        }
        RowFeed activations = examples.activations();
        if (activations != null) {
            NDArray input = Layouts.fromRows(activations.batch(step, indexes), plan.input());
            Program.Outcome outcome = program.run(input, parameters, pass);
            plan.taps()
                    .forEach(tap ->
                            parts.add(Objects.requireNonNull(outcome.tapped().get(tap))));
        }
        NDArray joined = parts.get(0);
        if (parts.size() > 1) {
            joined = joined.getNDArrayInternal().concat(new NDList(parts.subList(1, parts.size())), 1);
        }
        return Kernels.run(plan.head(), joined, parameters, pass);
    }

    @Override
    public void close() {
        scope.close();
    }
}
