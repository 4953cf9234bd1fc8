package dev.graft.training;

import dev.graft.engine.Examples;
import dev.graft.engine.TrainableNetwork;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.StoppedException;
import dev.graft.error.TrainingException;
import dev.graft.optimization.CrossEntropy;
import dev.graft.strategy.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds a learning rate by a short trial: each step has a larger one than the last, until the loss soars (Smith 2015, arXiv
 * 1506.01186; the suggestion as in fastai, from the longest valley of the smoothed loss).
 *
 * <pre>{@code
 * LearningRateCurve found = LearningRateFinder.find(learning);
 * learning.training(settings.withLearningRate(found.suggested())).run();
 * }</pre>
 */
public final class LearningRateFinder {
    // The range, the steps, the smoothing, where to stop and what to leave out are fastai's.
    private static final double SMALLEST = 1e-7;
    private static final double LARGEST = 10;
    private static final int STEPS = 100;
    private static final double SMOOTHING = 0.98;
    private static final double DIVERGED = 4;
    private static final int LEFT_OUT_AT_START = STEPS / 10;
    private static final int LEFT_OUT_AT_END = 5;

    private LearningRateFinder() {}

    /**
     * Tries the last phase that is trained step by step, after the phases before it, which are run as set. The rates that
     * are tried stand for the one of the settings: where a strategy gives backbone and head rates of their own, these keep
     * their proportion. At most 100 steps, which begin the data anew as often as it takes. Nothing is left of the trial:
     * a run afterwards gives the bytes that it gives without.
     *
     * @param learning a transfer that is ready to run; its listener hears nothing, and no checkpoint is read or written
     * @throws SettingsException if something is not set or does not fit, or no phase has a learning rate
     * @throws TrainingException if no rate brings the loss down, or an earlier phase fails
     * @throws StoppedException if asked to stop
     */
    public static LearningRateCurve find(NetworkTraining learning) {
        return learning.attempt(LearningRateFinder::find);
    }

    /** Finds rates from a run and its state; the state is moved on to the phase that is tried, and no further. */
    static LearningRateCurve find(Run run, RunState state) {
        int last = lastTrained(run);
        new PhaseExecutor(run, state).executeUntil(last);
        Phase phase = run.phases().get(last);
        PhasePlan plan = run.plan(phase);
        List<LearningRateCurve.Point> points;
        try (FrozenParts frozen = new FrozenParts(plan, state.weights, run.cache());
                TrainingExamples train = new TrainingExamples(run, plan, frozen);
                TrainableNetwork network =
                        new TrainableNetwork(plan.trainingPlan(), state.weights, plan.stepSettings(phase, run))) {
            points = trial(run, plan, last, train, network);
            frozen.verifyUnmoved(state.weights);
        }
        return new LearningRateCurve(suggest(points, phase), phase.name(), points);
    }

    private static int lastTrained(Run run) {
        for (int i = run.phases().size() - 1; i >= 0; i--) {
            if (!run.solves(run.plan(run.phases().get(i)))) {
                return i;
            }
        }
        throw new SettingsException(Problem.of("There is no learning rate to find: the head is solved, not trained.")
                .where("strategy '" + run.blueprint().strategy() + "'")
                .fix("choose a strategy that trains step by step, or another head"));
    }

    private static List<LearningRateCurve.Point> trial(
            Run run, PhasePlan plan, int phase, TrainingExamples train, TrainableNetwork network) {
        List<LearningRateCurve.Point> points = new ArrayList<>();
        double average = 0;
        double best = Double.POSITIVE_INFINITY;
        for (int step = 0; step < STEPS; step++) {
            stopIfAsked(run);
            double rate = SMALLEST * Math.pow(LARGEST / SMALLEST, (double) step / (STEPS - 1));
            double loss = loss(
                    run,
                    plan,
                    phase,
                    train,
                    network,
                    step,
                    rate / run.settings().learningRate());
            if (!Double.isFinite(loss)) {
                break;
            }
            average = SMOOTHING * average + (1 - SMOOTHING) * loss;
            double smoothed = average / (1 - Math.pow(SMOOTHING, step + 1));
            points.add(new LearningRateCurve.Point(rate, loss, smoothed));
            best = Math.min(best, smoothed);
            if (smoothed > DIVERGED * best) {
                break;
            }
        }
        return points;
    }

    /** The mean loss of a step's batch before the step. */
    private static double loss(
            Run run,
            PhasePlan plan,
            int phase,
            TrainingExamples train,
            TrainableNetwork network,
            int step,
            double factor) {
        int batchSize = Math.min(run.settings().batchSize(), train.count());
        // Whole batches only: a smaller one at the end of an epoch would make the curve jump.
        int stepsPerEpoch = train.count() / batchSize;
        int epoch = step / stepsPerEpoch;
        int stepOfEpoch = step % stepsPerEpoch;
        int from = stepOfEpoch * batchSize;
        Examples examples = train.of(phase, epoch);
        int[] batch = Arrays.copyOfRange(run.order(phase, epoch, examples), from, from + batchSize);
        long seed = Seeds.step(run.settings().seed(), phase, epoch, stepOfEpoch);
        CrossEntropy.Outcome outcome = network.step(
                examples,
                batch,
                Blends.draw(run.augmentation().mixing(), plan.blendedInput(), batchSize, seed),
                seed,
                factor);
        return outcome.lossSum() / batchSize;
    }

    private static void stopIfAsked(Run run) {
        if (run.stopRequested().getAsBoolean()) {
            throw new StoppedException(
                    Problem.of("Stopped as asked.").found("a trial of learning rates: nothing was saved"));
        }
    }

    private static double suggest(List<LearningRateCurve.Point> points, Phase phase) {
        int to = points.size() - LEFT_OUT_AT_END;
        double[] losses = points.stream()
                .limit(Math.max(0, to))
                .skip(LEFT_OUT_AT_START)
                .mapToDouble(LearningRateCurve.Point::smoothed)
                .toArray();
        int middle = valley(losses);
        if (middle < 0) {
            throw new TrainingException(Problem.of("No learning rate brings the loss down.")
                    .where("phase '" + phase.name() + "'")
                    .expected("a smoothed loss that falls before it soars")
                    .found(points.size() + " of " + STEPS
                            + " steps with a finite loss, and none lower than those before")
                    .fix("look at the data and the source model's weights, or set the learning rate yourself"));
        }
        return points.get(LEFT_OUT_AT_START + middle).rate();
    }

    /**
     * The middle of the longest valley: the longest sequence of losses that fall, others between them let be, counted back
     * from where it ends. Negative if there is none.
     */
    static int valley(double[] losses) {
        int[] lengths = new int[losses.length];
        int end = 0;
        for (int i = 0; i < losses.length; i++) {
            lengths[i] = 1;
            for (int j = 0; j < i; j++) {
                if (losses[i] < losses[j]) {
                    lengths[i] = Math.max(lengths[i], lengths[j] + 1);
                }
            }
            if (lengths[i] > lengths[end]) {
                end = i;
            }
        }
        int length = losses.length == 0 ? 0 : lengths[end];
        return length < 2 ? -1 : end - length + length / 2 + 1;
    }
}
