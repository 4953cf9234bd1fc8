package dev.graft.training;

import dev.graft.backbone.Layer;
import dev.graft.engine.EngineMatrix;
import dev.graft.error.Problem;
import dev.graft.error.TrainingException;
import dev.graft.feature.Rows;
import dev.graft.head.Head;
import dev.graft.optimization.Balance;
import dev.graft.optimization.CrossEntropy;
import dev.graft.optimization.LogisticSolver;
import dev.graft.result.EpochResult;
import dev.graft.strategy.Phase;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A phase whose head is solved to convergence on cached features, instead of trained for some epochs. */
final class SolvedPhase {
    private final Run run;
    private final RunState state;
    private final PhasePlan plan;
    private final FrozenParts frozen;

    SolvedPhase(Run run, RunState state, PhasePlan plan, FrozenParts frozen) {
        this.run = run;
        this.state = state;
        this.plan = plan;
        this.frozen = frozen;
    }

    void execute(Phase phase, Head.LogisticRegression regression) {
        run.listener().phaseStarted(phase.name(), state.phase + 1, run.phases().size(), 0);
        Table train = trainingTable();
        // Drawing small classes more often would only repeat rows: here it is the same as weights.
        float[] classWeights =
                run.balance() == Balance.NONE ? new float[0] : Balance.classWeights(train.labels(), plan.classes());
        LogisticSolver.Solution solution = LogisticSolver.solve(
                new LogisticSolver.Regression(
                        train.features(),
                        train.width(),
                        train.labels(),
                        plan.classes(),
                        classWeights,
                        regression.stagesEqual() ? train.blocks() : List.of(),
                        regression.penalty()),
                EngineMatrix::of);
        Layer.Linear layer = (Layer.Linear) plan.head().get(0);
        state.update(WeightSet.of(Map.of(
                layer.name() + ".weight",
                FloatTensor.of(solution.weights(), layer.outFeatures(), layer.inFeatures()),
                layer.name() + ".bias",
                FloatTensor.of(solution.biases(), layer.outFeatures()))));
        record(phase, solution, train);
    }

    private void record(Phase phase, LogisticSolver.Solution solution, Table train) {
        CrossEntropy.Outcome trained = measure(solution, train);
        if (!Double.isFinite(trained.lossSum())) {
            throw new TrainingException(Problem.of("The loss of the solved head is not a finite number.")
                    .where("phase '" + phase.name() + "'")
                    .found(trained.lossSum())
                    .fix("the backbone's features are not finite: check its weights and its preprocessing"));
        }
        double validationLoss = Double.NaN;
        double validationAccuracy = Double.NaN;
        BranchData validationData = run.validation();
        if (validationData != null) {
            Table validation = table(validationData.plain(), validationData.labels());
            CrossEntropy.Outcome outcome = measure(solution, validation);
            validationLoss = outcome.lossSum() / validation.labels().length;
            validationAccuracy = (double) outcome.correct() / validation.labels().length;
            if (validationLoss < state.bestLoss) {
                state.bestLoss = validationLoss;
                state.bestWeights = state.weights;
            }
        }
        int count = train.labels().length;
        EpochResult epoch = new EpochResult(
                state.history.size() + 1,
                phase.name(),
                trained.lossSum() / count,
                (double) trained.correct() / count,
                validationLoss,
                validationAccuracy);
        state.history.add(epoch);
        run.listener().epochDone(epoch);
    }

    private static CrossEntropy.Outcome measure(LogisticSolver.Solution solution, Table table) {
        int width = solution.biases().length;
        int rows = table.labels().length;
        float[] logits = new float[rows * width];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(solution.logits(table.features(), row * table.width()), 0, logits, row * width, width);
        }
        return CrossEntropy.measure(logits, width, table.labels(), 0, new float[0]);
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Table(float[] features, int width, int[] labels, List<Integer> blocks) {}

    /** With augmentation, the rows of all views, one view after the other. */
    private Table trainingTable() {
        int views = run.augmentation().changesImages() ? run.augmentation().views() : 1;
        int[] own = run.train().labels();
        Table first = table(run.trainingViews(plan, state.phase, 0), own);
        float[] features = Arrays.copyOf(first.features(), Math.multiplyExact(first.features().length, views));
        int[] labels = Arrays.copyOf(first.labels(), first.labels().length * views);
        for (int view = 1; view < views; view++) {
            Table other = table(run.trainingViews(plan, state.phase, view), own);
            System.arraycopy(other.features(), 0, features, view * other.features().length, other.features().length);
            System.arraycopy(other.labels(), 0, labels, view * other.labels().length, other.labels().length);
        }
        return new Table(features, first.width(), labels, first.blocks());
    }

    /** The features of all taps, joined row by row. */
    private Table table(List<View> views, int[] labels) {
        List<Rows> parts = frozen.rows(views);
        int width = parts.stream().mapToInt(Rows::width).sum();
        float[] features = new float[Math.multiplyExact(labels.length, width)];
        int start = 0;
        for (Rows part : parts) {
            for (int row = 0; row < labels.length; row++) {
                part.read(row, features, row * width + start);
            }
            start += part.width();
        }
        return new Table(
                features, width, labels, parts.stream().map(Rows::width).toList());
    }
}
