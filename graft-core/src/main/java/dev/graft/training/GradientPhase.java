package dev.graft.training;

import dev.graft.engine.Examples;
import dev.graft.engine.TrainableNetwork;
import dev.graft.error.Problem;
import dev.graft.error.StoppedException;
import dev.graft.error.TrainingException;
import dev.graft.optimization.CrossEntropy;
import dev.graft.result.EpochResult;
import dev.graft.strategy.Phase;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** A phase of gradient steps, from wherever the state stands to the phase's end or an early stop. */
final class GradientPhase {
    private static final int EVALUATION_BATCH = 256;

    private final Run run;
    private final RunState state;
    private final PhasePlan plan;
    private final Phase phase;

    GradientPhase(Run run, RunState state, PhasePlan plan, Phase phase) {
        this.run = run;
        this.state = state;
        this.plan = plan;
        this.phase = phase;
    }

    void execute(TrainingExamples train, @Nullable Examples validation) {
        int batchSize = run.settings().batchSize();
        int stepsPerEpoch = (train.count() + batchSize - 1) / batchSize;
        long total = (long) stepsPerEpoch * phase.epochs();
        run.listener().phaseStarted(phase.name(), state.phase + 1, run.phases().size(), total);
        try (TrainableNetwork network =
                new TrainableNetwork(plan.trainingPlan(), state.weights, plan.stepSettings(phase, run))) {
            if (state.optimizer != null) {
                network.restoreOptimizer(state.optimizer, state.optimizerSteps);
            }
            Pace pace = new Pace(
                    total, (long) state.epoch * stepsPerEpoch + state.step, secondsOfPhase(), System::nanoTime);
            boolean first = true;
            while (state.epoch < phase.epochs() && !patienceSpent() && !pace.isOver()) {
                Examples examples = train.of(state.phase, state.epoch);
                if (first) {
                    pace.begin();
                    first = false;
                }
                trainEpoch(network, examples, stepsPerEpoch, total, pace);
                finishEpoch(network, validation);
            }
            if (pace.isOver() && pace.leftOut() > 0) {
                leaveOut(pace.leftOut(), total);
            }
            state.update(finite(network.weights()));
        }
    }

    /** What is left for this phase, where later ones have as much for each of their epochs. */
    private DoubleSupplier secondsOfPhase() {
        TimeLimit limit = run.limit();
        double left = limit.left();
        if (Double.isInfinite(left)) {
            return limit::left;
        }
        int epochs =
                run.phases().stream().skip(state.phase).mapToInt(Phase::epochs).sum();
        double kept = left * (epochs - phase.epochs()) / epochs;
        return () -> limit.left() - kept;
    }

    private void leaveOut(long steps, long total) {
        String what = steps + " of " + total + " steps of phase '" + phase.name()
                + "', whose schedule was run through in fewer";
        new Warnings(run.listener()).warning("left out for want of time: " + what);
        run.limit().leaveOut(what);
    }

    private boolean patienceSpent() {
        int patience = run.settings().patience();
        return patience > 0 && state.epochsWithoutBetter >= patience;
    }

    private void trainEpoch(TrainableNetwork network, Examples train, int stepsPerEpoch, long total, Pace pace) {
        long seed = run.settings().seed();
        int[] order = run.order(state.phase, state.epoch, train);
        while (state.step < stepsPerEpoch && !pace.isOver()) {
            stopIfAsked(network);
            int[] batch = batch(order, state.step, stepsPerEpoch, train);
            if (state.step + 1 < stepsPerEpoch) {
                train.announce(batch(order, state.step + 1, stepsPerEpoch, train));
            }
            long stepOfPhase = (long) state.epoch * stepsPerEpoch + state.step;
            long stepSeed = Seeds.step(seed, state.phase, state.epoch, state.step);
            CrossEntropy.Outcome outcome = network.step(
                    train,
                    batch,
                    Blends.draw(run.augmentation().mixing(), plan.blendedInput(), batch.length, stepSeed),
                    stepSeed,
                    phase.schedule().factor(pace.scheduled(), total));
            pace.stepDone();
            if (!Double.isFinite(outcome.lossSum())) {
                throw notFinite("The loss is not a finite number any more.", outcome.lossSum());
            }
            state.lossSum += outcome.lossSum();
            state.score += outcome.score();
            state.seen += batch.length;
            state.step++;
            run.listener().stepDone(stepOfPhase + 1, total, outcome.lossSum() / batch.length);
            Checkpoints checkpoints = run.checkpoints();
            if (checkpoints != null && checkpoints.dueAt(stepOfPhase + 1) && state.step < stepsPerEpoch) {
                save(network);
            }
        }
    }

    private int[] batch(int[] order, int step, int steps, Examples train) {
        if (phase.onPairs()) {
            return Batches.even(order, step, steps, train.lengths());
        }
        int from = step * run.settings().batchSize();
        return Arrays.copyOfRange(
                order, from, Math.min(order.length, from + run.settings().batchSize()));
    }

    private void finishEpoch(TrainableNetwork network, @Nullable Examples validation) {
        double validationLoss = Double.NaN;
        double validationAccuracy = Double.NaN;
        if (validation != null) {
            double loss = 0;
            double score = 0;
            for (int[] batch : Batches.of(validation.lengths(), 0, validation.count(), EVALUATION_BATCH)) {
                CrossEntropy.Outcome outcome = network.measure(validation, batch);
                loss += outcome.lossSum();
                score += outcome.score();
            }
            validationLoss = loss / validation.count();
            validationAccuracy = score / validation.count();
        }
        EpochResult epoch = new EpochResult(
                state.history.size() + 1,
                phase.name(),
                state.lossSum / state.seen,
                state.score / state.seen,
                validationLoss,
                validationAccuracy);
        state.history.add(epoch);
        keepBest(network, validationLoss);
        state.epoch++;
        state.startEpoch();
        run.listener().epochDone(epoch);
        if (run.checkpoints() != null) {
            save(network);
        }
    }

    private void keepBest(TrainableNetwork network, double validationLoss) {
        if (run.settings().patience() == 0 || Double.isNaN(validationLoss)) {
            return;
        }
        if (validationLoss < state.bestLoss) {
            state.update(finite(network.weights()));
            state.bestLoss = validationLoss;
            state.bestWeights = state.weights;
            state.epochsWithoutBetter = 0;
        } else {
            state.epochsWithoutBetter++;
        }
    }

    private void stopIfAsked(TrainableNetwork network) {
        if (!run.stopRequested().getAsBoolean()) {
            return;
        }
        Problem stopped = Problem.of("Stopped as asked.");
        if (run.checkpoints() == null) {
            throw new StoppedException(stopped.found("no checkpoint directory: nothing was saved"));
        }
        save(network);
        throw new StoppedException(stopped.where(run.checkpoints().directory())
                .found("phase " + (state.phase + 1) + ", epoch " + (state.epoch + 1) + ", step " + state.step
                        + ", saved")
                .fix("run the same again with TransferLearning.resume to go on from here"));
    }

    private void save(TrainableNetwork network) {
        // A checkpoint that nothing can go on from must not push out one that something can.
        state.update(finite(network.weights()));
        state.optimizer = network.optimizerState();
        state.optimizerSteps = network.optimizerSteps();
        if (run.checkpoints() != null) {
            run.checkpoints().save(state);
        }
    }

    private WeightSet finite(WeightSet weights) {
        for (Map.Entry<String, FloatTensor> entry : weights.asMap().entrySet()) {
            for (float value : entry.getValue().values()) {
                if (!Float.isFinite(value)) {
                    throw notFinite("A weight of " + entry.getKey() + " is not a finite number any more.", value);
                }
            }
        }
        return weights;
    }

    private TrainingException notFinite(String what, double found) {
        return new TrainingException(Problem.of(what)
                .where("phase '" + phase.name() + "', epoch " + (state.epoch + 1) + ", step " + (state.step + 1))
                .found(found)
                .with(
                        "settings",
                        "learning rate " + phase.rates().head() + ", batch size "
                                + run.settings().batchSize())
                .fix("lower the learning rate, or clip the gradient's norm; the last checkpoint, if any, is kept"));
    }
}
