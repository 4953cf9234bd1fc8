package dev.graft.training;

import dev.graft.engine.Examples;
import dev.graft.head.Head;
import dev.graft.strategy.Phase;
import dev.graft.weights.WeightSet;

/** Runs a strategy's phases one after the other, from wherever the state stands. */
final class PhaseExecutor {
    private final Run run;
    private final RunState state;
    private double featureSeconds;
    private double trainSeconds;

    PhaseExecutor(Run run, RunState state) {
        this.run = run;
        this.state = state;
    }

    void execute() {
        executeUntil(run.phases().size());
    }

    /** Runs the phases before the given one, counted from 0. */
    void executeUntil(int end) {
        while (state.phase < end) {
            Phase phase = run.phases().get(state.phase);
            execute(phase);
            keepBest();
            if (phase.onPairs()) {
                // A loss of pairs says nothing beside one of classes.
                state.forgetBest();
            }
            state.startNextPhase();
        }
    }

    /** Time spent on frozen parts, in seconds. */
    double featureSeconds() {
        return featureSeconds;
    }

    /** Time spent on training, in seconds. */
    double trainSeconds() {
        return trainSeconds;
    }

    private void execute(Phase phase) {
        PhasePlan plan = run.plan(phase);
        try (FrozenParts frozen = new FrozenParts(plan, state.weights, run.cache())) {
            long start = System.nanoTime();
            FixedTensors fixed = new FixedTensors(plan, state.weights);
            if (run.solves(plan) && run.head() instanceof Head.Solved head) {
                new SolvedPhase(run, state, plan, frozen).execute(phase, head);
            } else {
                train(phase, plan, frozen);
            }
            frozen.verifyUnmoved(state.weights);
            fixed.verifyUnmoved(state.weights);
            double all = (System.nanoTime() - start) / 1e9;
            featureSeconds += frozen.seconds();
            trainSeconds += Math.max(0, all - frozen.seconds());
        }
    }

    private void train(Phase phase, PhasePlan plan, FrozenParts frozen) {
        BranchData watched = run.validation();
        try (TrainingExamples train = new TrainingExamples(run, plan, frozen);
                Examples validation = watched == null ? null : frozen.examples(watched, run.targets(watched))) {
            new GradientPhase(run, state, plan, phase).execute(train, validation);
        }
    }

    /** With early stopping, what follows starts from the best weights of the run so far. */
    private void keepBest() {
        WeightSet best = state.bestWeights;
        if (run.settings().patience() > 0 && best != null) {
            state.weights = best;
        }
    }
}
