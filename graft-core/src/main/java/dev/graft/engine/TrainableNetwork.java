package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.layer.Layer;
import dev.graft.optimization.CrossEntropy;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The trained part of a network with its optimiser. Holds native memory until whoever made it closes it. Several networks may be
 * trained at once, each by one thread; calls of several threads to one network wait for each other. Another thread may close it
 * meanwhile, which ends its use with a {@link dev.graft.error.ClosedException} at the next call.
 */
public final class TrainableNetwork implements AutoCloseable {
    // Fewer examples make products of matrices too narrow for a core.
    private static final int LEAST_SHARE = 8;
    // On one thread the engine takes its own kernels for 1x1 convolutions of fewer, at half the speed of oneDNN's.
    private static final int LEAST_SHARE_OF_POINTWISE = 16;
    // Every share has gradients of its own.
    private static final int MOST_SHARES = 4;
    // Of the sequences of one share, all as long as the longest: the backward pass reads some tens of kilobytes for
    // each token
    // and layer, and attention's scores, which grow with the square of the length.
    private static final int MOST_TOKENS = 4096;
    // Of the activations of maps that all cores keep for the way back at a time.
    private static final long MOST_BYTES = 256L << 20;
    private static final long SEED_OF_SHARE = 0x9E3779B97F4A7C15L;

    private final NDManager scope = TensorEngine.newScope();
    private final Lifetime lifetime = new Lifetime("network", this::release);
    private final Lock turn = new ReentrantLock();
    private final TrainingPlan plan;
    private final List<Program> programs;
    private final Parameters parameters;
    private final MomentUpdates updates;
    private final StepLoss loss;
    private final boolean runningStatistics;
    private final CoreTeam team;
    private final boolean inPieces;
    private final int leastShare;
    // Over before a second core has noticed.
    private final boolean headAlone;
    private final int evaluatedAtOnce;
    private final int trainedAtOnce;

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
        this.parameters = Lifetime.inScope(scope, () -> Parameters.of(scope, plan.parameters(), weights));
        this.updates = Lifetime.inScope(scope, () -> new MomentUpdates(scope, parameters, settings));
        this.loss = new StepLoss(settings);
        this.runningStatistics = settings.runningStatistics();
        this.team = CoreTeam.ofThisThread(MOST_SHARES);
        this.inPieces =
                programs.stream().anyMatch(program -> program.hasConvolution(DepthwiseConvolution::hasSlowGradient));
        this.leastShare = programs.stream().anyMatch(program -> program.hasConvolution(TrainableNetwork::isPointwise))
                ? LEAST_SHARE_OF_POINTWISE
                : LEAST_SHARE;
        this.headAlone = plan.trunks().stream().allMatch(trunk -> trunk.stages().isEmpty());
        this.evaluatedAtOnce = evaluatedAtOnce();
        this.trainedAtOnce = IntStream.range(0, programs.size())
                .map(i -> programs.get(i)
                        .examplesInTraining(
                                MOST_BYTES / team.size(), plan.trunks().get(i).input()))
                .map(examples -> Math.max(leastShare, examples))
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    /**
     * One training step on some examples: forward, backward, update. If the loss is not finite, nothing is updated.
     *
     * @param seed of this step's dropout
     * @param rateFactor the schedule's factor of the learning rates
     * @return the sum of the losses, which the caller checks, and the number classified right
     * @throws dev.graft.error.ClosedException if it or the examples are closed
     */
    public CrossEntropy.Outcome step(Examples examples, int[] indexes, long seed, double rateFactor) {
        return step(examples, indexes, null, seed, rateFactor);
    }

    /**
     * One training step on examples that are blended with others of the batch. The loss is that of both labels in
     * proportion; right is who finds the example's own.
     *
     * @param blend with which others, and how much of each; null for none
     */
    public CrossEntropy.Outcome step(
            Examples examples, int[] indexes, @Nullable Blend blend, long seed, double rateFactor) {
        return inTurn(() -> EngineFailures.told(
                "a training step of " + indexes.length + " examples",
                () -> takeStep(examples, indexes, blend, seed, rateFactor)));
    }

    private <T> T inTurn(Supplier<T> work) {
        return lifetime.during(() -> {
            turn.lock();
            try {
                return work.get();
            } finally {
                turn.unlock();
            }
        });
    }

    private CrossEntropy.Outcome takeStep(
            Examples examples, int[] indexes, @Nullable Blend blend, long seed, double rateFactor) {
        try (NDManager step = scope.newSubManager()) {
            BatchInputs gathered = BatchInputs.gather(step, examples, indexes);
            BatchInputs inputs = blend == null ? gathered : gathered.blended(blend, plan.trunks());
            Labels labels = Labels.of(examples.targets(indexes), blend);
            List<Share> shares = shares(step, inputs, labels, examples.longest(indexes), seed);
            CrossEntropy.Outcome outcome = loss.ofPairs() ? runTogether(shares, labels, step) : runEach(shares, step);
            if (Double.isFinite(outcome.lossSum())) {
                updates.apply(shares.stream().map(share -> share.gradients).toList(), rateFactor, team);
            }
            return outcome;
        }
    }

    private CrossEntropy.Outcome runEach(List<Share> shares, NDManager step) {
        each(shares, share -> share.run(step));
        return Share.sum(shares);
    }

    /** The outputs of all shares first: the gradient of each depends on those of the others. */
    private CrossEntropy.Outcome runTogether(List<Share> shares, Labels labels, NDManager step) {
        each(shares, Share::forward);
        float[] all = joined(shares.stream().map(share -> share.values).toList());
        float[] gradient = new float[all.length];
        int width = all.length / labels.count();
        CrossEntropy.Outcome outcome =
                loss.measurePairs(all, width, labels.own().labels(), gradient);
        if (Double.isFinite(outcome.lossSum())) {
            each(shares, share -> {
                try (NDManager own = share.scope) {
                    Range range = share.range;
                    share.backward(own, Arrays.copyOfRange(gradient, range.from() * width, range.to() * width));
                    share.gradients.moveTo(step);
                }
            });
        }
        return outcome;
    }

    private static float[] joined(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int filled = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, filled, part.length);
            filled += part.length;
        }
        return all;
    }

    /**
     * Deals a batch to the cores. Examples that do not see each other are computed without waiting for each other at every
     * operation; those that do make one share. Long sequences make more shares than there are cores, so that the memory of a
     * step does not grow with the batch.
     */
    private List<Share> shares(NDManager step, BatchInputs inputs, Labels labels, int longest, long seed) {
        int count = labels.count();
        List<Range> ranges = headAlone || (plan.mixesExamples() && !runningStatistics)
                ? Range.of(count, 1, leastShare)
                : Range.ofAtMost(
                        Math.min(Math.max(LEAST_SHARE, MOST_TOKENS / longest), trainedAtOnce),
                        count,
                        team.size(),
                        leastShare);
        List<Share> shares = new ArrayList<>();
        for (Range range : ranges) {
            NDManager own = step.newSubManager();
            shares.add(new Share(
                    own,
                    inputs.share(own, range.from(), range.to(), count),
                    labels,
                    range,
                    seed + shares.size() * SEED_OF_SHARE));
        }
        return shares;
    }

    private <T> void each(List<T> tasks, Consumer<T> work) {
        if (tasks.size() == 1) {
            tasks.forEach(work);
        } else {
            team.each(tasks, work);
        }
    }

    /** Some examples of a step's batch, which one thread takes there and back. */
    private final class Share {
        private final NDManager scope;
        private final BatchInputs inputs;
        private final Labels labels;
        private final Range range;
        private final long seed;
        private final Gradients gradients;
        private final BackwardPass back = new BackwardPass();
        private @Nullable NDArray output;
        private float[] values = new float[0];
        private CrossEntropy.Outcome outcome = new CrossEntropy.Outcome(0, 0);

        /** Examples of a batch, whose labels are all given. */
        Share(NDManager scope, BatchInputs inputs, Labels labels, Range range, long seed) {
            this.scope = scope;
            this.inputs = inputs;
            this.labels = labels;
            this.range = range;
            this.seed = seed;
            this.gradients = updates.gradients(scope);
        }

        static CrossEntropy.Outcome sum(List<Share> shares) {
            double loss = 0;
            double score = 0;
            for (Share share : shares) {
                loss += share.outcome.lossSum();
                score += share.outcome.score();
            }
            return new CrossEntropy.Outcome(loss, score);
        }

        /**
         * There and back, by the thread that the share falls to. It gives its memory back itself, where it will take some
         * again; only the gradients, which the step's scope receives, are left.
         */
        void run(NDManager step) {
            try (NDManager own = scope) {
                forward();
                // The loss and its gradient with respect to the outputs are computed in Java; the engine goes on from
                // there.
                float[] gradient = new float[values.length];
                outcome = loss.measure(values, values.length / range.size(), labels, range, gradient);
                if (Double.isFinite(outcome.lossSum())) {
                    backward(own, gradient);
                    gradients.moveTo(step);
                }
            }
        }

        void forward() {
            Pass training = Pass.training(seed);
            Pass pass = runningStatistics ? training.byRunningStatistics() : training;
            Pass recorded = inPieces ? pass.through(back) : pass;
            NDArray last = TensorEngine.recording(
                    () -> TrainableNetwork.this.forward(inputs, recorded, parameters.collecting(gradients)));
            output = last;
            values = last.toFloatArray();
        }

        void backward(NDManager own, float[] gradient) {
            NDArray last = Objects.requireNonNull(output);
            back.run(last, own.create(gradient, last.getShape()));
        }
    }

    /** The logits of examples {@code from} (inclusive) to {@code to} (exclusive), in inference mode, row after row. */
    public float[] logits(Examples examples, int from, int to) {
        return logits(examples, IntStream.range(from, to).toArray());
    }

    /** The logits of some examples, in the order of their indexes, in inference mode, row after row. */
    public float[] logits(Examples examples, int[] indexes) {
        return inTurn(() -> EngineFailures.told(
                "the evaluation of " + indexes.length + " examples", () -> computeLogits(examples, indexes)));
    }

    private float[] computeLogits(Examples examples, int[] indexes) {
        TensorEngine.stopRecording();
        try (NDManager step = scope.newSubManager()) {
            BatchInputs inputs = BatchInputs.gather(step, examples, indexes);
            // No example sees another in inference, whatever the layers are.
            List<Range> ranges =
                    Range.ofAtMost(evaluatedAtOnce, indexes.length, headAlone ? 1 : team.size(), leastShare);
            float[][] parts = new float[ranges.size()][];
            each(IntStream.range(0, parts.length).boxed().toList(), i -> {
                Range range = ranges.get(i);
                try (NDManager own = step.newSubManager()) {
                    BatchInputs share = inputs.share(own, range.from(), range.to(), indexes.length);
                    parts[i] = forward(share, Pass.inference(), parameters).toFloatArray();
                }
            });
            return joined(Arrays.asList(parts));
        }
    }

    private static boolean isPointwise(Layer.Conv2d conv) {
        return conv.kernel() == 1 && conv.stride() == 1;
    }

    private int evaluatedAtOnce() {
        return IntStream.range(0, programs.size())
                .filter(i -> plan.trunks().get(i).input().hasPlaces()
                        && !plan.trunks().get(i).stages().isEmpty())
                .map(i ->
                        programs.get(i).examplesOfOneThread(plan.trunks().get(i).input()))
                .map(examples -> Math.max(leastShare, examples))
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    /** Loss and accuracy of examples {@code from} to {@code to}, in inference mode. */
    public CrossEntropy.Outcome measure(Examples examples, int from, int to) {
        return measure(examples, IntStream.range(from, to).toArray());
    }

    /** Loss and accuracy of some examples, in inference mode. */
    public CrossEntropy.Outcome measure(Examples examples, int[] indexes) {
        float[] logits = logits(examples, indexes);
        return loss.measure(logits, logits.length / indexes.length, examples.targets(indexes));
    }

    /** Logits of one example. */
    public int logitWidth() {
        return plan.logits();
    }

    /** The trained tensors as they are now, running statistics included. */
    public WeightSet weights() {
        return inTurn(parameters::toWeights);
    }

    /** The optimiser's moments, {@code m.<tensor>} and {@code v.<tensor>}, as they are now. */
    public WeightSet optimizerState() {
        return inTurn(updates::toWeights);
    }

    /** The optimiser's count of steps. */
    public long optimizerSteps() {
        return updates.steps();
    }

    /** Puts the optimiser back to a state that {@link #optimizerState()} gave. */
    public void restoreOptimizer(WeightSet state, long steps) {
        inTurn(() -> {
            updates.restore(state, steps);
            return updates;
        });
    }

    private NDArray forward(BatchInputs inputs, Pass pass, Parameters with) {
        List<NDArray> parts = new ArrayList<>();
        for (int i = 0; i < programs.size(); i++) {
            addFeatures(i, inputs.trunks().get(i), pass, with, parts);
        }
        return Kernels.run(plan.head(), Joining.join(parts), with, pass);
    }

    /** Adds what the head receives of one trunk. */
    private void addFeatures(int place, BatchInputs.OfTrunk rows, Pass pass, Parameters with, List<NDArray> parts) {
        parts.addAll(rows.features());
        if (rows.activations() == null) {
            return;
        }
        Trunk trunk = plan.trunks().get(place);
        Entry entry = Entry.of(rows.activations(), trunk.input(), pass);
        Program.Outcome outcome = programs.get(place).run(entry.activation(), with.under(trunk.prefix()), entry.pass());
        trunk.taps()
                .forEach(
                        tap -> parts.add(Objects.requireNonNull(outcome.tapped().get(tap))));
    }

    /** To close it twice does nothing. */
    @Override
    public void close() {
        lifetime.close();
    }

    private void release() {
        team.close();
        scope.close();
    }
}
