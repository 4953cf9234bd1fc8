package dev.graft.training;

import dev.graft.error.Problem;
import dev.graft.error.StoppedException;
import dev.graft.error.TrainingException;
import dev.graft.head.Head;
import dev.graft.layer.Layer;
import dev.graft.optimization.Balance;
import dev.graft.optimization.CrossEntropy;
import dev.graft.optimization.LogisticSolver;
import dev.graft.optimization.TargetLoss;
import dev.graft.result.EpochResult;
import dev.graft.strategy.Phase;
import dev.graft.targets.Targets;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
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

    void execute(Phase phase, Head.Solved head) {
        run.listener().phaseStarted(phase.name(), state.phase + 1, run.phases().size(), 0);
        SolvedTable train = trainingTable();
        if (run.stopRequested().getAsBoolean()) {
            throw new StoppedException(
                    Problem.of("Stopped as asked.").found("a head that is not solved yet: nothing of it was saved"));
        }
        // Drawing small classes more often would only repeat rows: here it is the same as weights.
        float[] weights = run.balance() == Balance.NONE ? new float[0] : Balance.weights(train.targets());
        int views = train.targets().size() / run.train().whole().size();
        LogisticSolver.Solution solution =
                new HeadSolver(weights, run.numberLoss(), views, run.limit()).solve(head, train);
        Layer.Linear layer = (Layer.Linear) plan.head().get(0);
        state.update(WeightSet.of(Map.of(
                layer.name() + ".weight",
                FloatTensor.of(solution.weights(), layer.outFeatures(), layer.inFeatures()),
                layer.name() + ".bias",
                FloatTensor.of(solution.biases(), layer.outFeatures()))));
        record(phase, solution, train);
    }

    private void record(Phase phase, LogisticSolver.Solution solution, SolvedTable train) {
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
            SolvedTable validation = SolvedTable.of(frozen.rows(validationData.plain()), run.targets(validationData));
            CrossEntropy.Outcome outcome = measure(solution, validation);
            validationLoss = outcome.lossSum() / validation.targets().size();
            validationAccuracy = outcome.score() / validation.targets().size();
            if (validationLoss < state.bestLoss) {
                state.bestLoss = validationLoss;
                state.bestWeights = state.weights;
            }
        }
        int count = train.targets().size();
        EpochResult epoch = new EpochResult(
                state.history.size() + 1,
                phase.name(),
                trained.lossSum() / count,
                trained.score() / count,
                validationLoss,
                validationAccuracy);
        state.history.add(epoch);
        run.listener().epochDone(epoch);
    }

    private CrossEntropy.Outcome measure(LogisticSolver.Solution solution, SolvedTable table) {
        return TargetLoss.measure(table.logits(solution), solution.biases().length, table.targets(), run.numberLoss());
    }

    /** With augmentation, the rows of all views, one view after the other. */
    private SolvedTable trainingTable() {
        Targets targets = run.targets(run.train());
        if (!run.augmentation().changesImages()) {
            return SolvedTable.of(frozen.rows(run.trainingViews(plan, state.phase, 0)), targets);
        }
        List<SolvedTable.Dense> views = new ArrayList<>();
        for (int view = 0; view < run.augmentation().views(); view++) {
            views.add(SolvedTable.Dense.of(frozen.rows(run.trainingViews(plan, state.phase, view)), targets));
        }
        return SolvedTable.Dense.joined(views);
    }
}
