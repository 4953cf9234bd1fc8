package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.backbone.ActivationShape;
import dev.graft.optimization.CrossEntropy;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The trained part of a network with its optimiser. Holds native memory until closed. Not safe for use by several
 * threads; several networks may be trained at once, each by one thread.
 */
public final class TrainableNetwork implements AutoCloseable {
    private final NDManager scope = TensorEngine.newScope();
    private final TrainingPlan plan;
    private final List<Program> programs;
    private final Parameters parameters;
    private final MomentUpdates updates;
    private final float[] classWeights;

    /**
     * Makes the network.
     *
     * @param plan what it consists of
     * @param weights at least the plan's tensors
     * @param settings how a step updates them
     */
    public TrainableNetwork(TrainingPlan plan, WeightSet weights, StepSettings settings) {
        this.plan = plan;
        this.programs = plan.trunks().stream()
                .map(trunk -> new Program(trunk.stages(), trunk.taps()))
                .toList();
        this.parameters = Parameters.of(scope, plan.parameters(), weights);
        this.updates = new MomentUpdates(scope, parameters, settings);
        this.classWeights = settings.classWeights();
    }

    /**
     * One training step on some examples: forward, backward, update. If the loss is not finite, nothing is updated.
     *
     * @param seed of this step's dropout
     * @param rateFactor the schedule's factor of the learning rates
     * @return the sum of the losses, which the caller checks, and the number classified right
     */
    public CrossEntropy.Outcome step(Examples examples, int[] indexes, long seed, double rateFactor) {
        return step(examples, indexes, null, seed, rateFactor);
    }

    /**
     * The same with examples that are blended with others of the batch; null for none. The loss is that of both labels in
     * proportion; right is who finds the example's own.
     */
    public CrossEntropy.Outcome step(
            Examples examples, int[] indexes, @Nullable Blend blend, long seed, double rateFactor) {
        try (NDManager step = scope.newSubManager()) {
            Gradients gradients = updates.gradients(step);
            Parameters collecting = parameters.collecting(gradients);
            NDArray logits = TensorEngine.recording(
                    () -> forward(step, examples, indexes, blend, Pass.training(seed), collecting));
            int width = plan.logits();
            float[] gradient = new float[indexes.length * width];
            CrossEntropy.Outcome outcome = measure(logits.toFloatArray(), examples.labels(indexes), blend, gradient);
            if (!Double.isFinite(outcome.lossSum())) {
                return outcome;
            }
            // The loss and its gradient with respect to the logits are computed in Java; the engine goes on from there.
            TensorEngine.backward(logits, step.create(gradient, new Shape(indexes.length, width)));
            updates.apply(gradients, rateFactor);
            return outcome;
        }
    }

    private CrossEntropy.Outcome measure(float[] logits, int[] labels, @Nullable Blend blend, float[] gradient) {
        CrossEntropy.Outcome own = CrossEntropy.measure(logits, plan.logits(), labels, 0, classWeights, gradient);
        if (blend == null) {
            return own;
        }
        float[] other = new float[gradient.length];
        CrossEntropy.Outcome partners =
                CrossEntropy.measure(logits, plan.logits(), blend.labels(labels), 0, classWeights, other);
        double share = blend.share();
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = (float) (share * gradient[i] + (1 - share) * other[i]);
        }
        return new CrossEntropy.Outcome(share * own.lossSum() + (1 - share) * partners.lossSum(), own.correct());
    }

    /** The logits of examples {@code from} (inclusive) to {@code to} (exclusive), in inference mode, row after row. */
    public float[] logits(Examples examples, int from, int to) {
        return logits(examples, IntStream.range(from, to).toArray());
    }

    /** The logits of some examples, in the order of their indexes, in inference mode, row after row. */
    public float[] logits(Examples examples, int[] indexes) {
        TensorEngine.stopRecording();
        try (NDManager step = scope.newSubManager()) {
            return forward(step, examples, indexes, null, Pass.inference(), parameters)
                    .toFloatArray();
        }
    }

    /** Loss and accuracy of examples {@code from} to {@code to}, in inference mode. */
    public CrossEntropy.Outcome measure(Examples examples, int from, int to) {
        return measure(examples, IntStream.range(from, to).toArray());
    }

    /** Loss and accuracy of some examples, in inference mode. */
    public CrossEntropy.Outcome measure(Examples examples, int[] indexes) {
        float[] logits = logits(examples, indexes);
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
        return updates.toWeights();
    }

    /** The optimiser's count of steps. */
    public long optimizerSteps() {
        return updates.steps();
    }

    /** Puts the optimiser back to a state that {@link #optimizerState()} gave. */
    public void restoreOptimizer(WeightSet state, long steps) {
        updates.restore(state, steps);
    }

    private NDArray forward(
            NDManager step, Examples examples, int[] indexes, @Nullable Blend blend, Pass pass, Parameters with) {
        List<NDArray> parts = new ArrayList<>();
        for (int i = 0; i < programs.size(); i++) {
            addFeatures(step, i, examples.parts().get(i), indexes, blend, pass, with, parts);
        }
        return Kernels.run(plan.head(), Joining.join(parts), with, pass);
    }

    /** Adds what the head receives of one trunk. */
    private void addFeatures(
            NDManager step,
            int place,
            Examples.Feeds feeds,
            int[] indexes,
            @Nullable Blend blend,
            Pass pass,
            Parameters with,
            List<NDArray> parts) {
        for (RowFeed feed : feeds.features()) {
            NDArray batch = feed.batch(step, indexes);
            parts.add(blend == null ? batch : blend.features(batch));
        }
        RowFeed activations = feeds.activations();
        if (activations == null) {
            return;
        }
        Trunk trunk = plan.trunks().get(place);
        ActivationShape shape = trunk.input();
        NDArray rows = activations.batch(step, indexes);
        if (blend != null) {
            rows = shape.isMap()
                    ? blend.maps(rows, shape.height(), shape.width(), shape.channels())
                    : blend.features(rows);
        }
        Entry entry = Entry.of(rows, shape, pass);
        Program.Outcome outcome = programs.get(place).run(entry.activation(), with.under(trunk.prefix()), entry.pass());
        trunk.taps()
                .forEach(
                        tap -> parts.add(Objects.requireNonNull(outcome.tapped().get(tap))));
    }

    @Override
    public void close() {
        scope.close();
    }
}
