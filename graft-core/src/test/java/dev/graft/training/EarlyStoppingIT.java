package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.engine.Examples;
import dev.graft.engine.TrainableNetwork;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.head.Head;
import dev.graft.optimization.Schedule;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.EpochResult;
import dev.graft.strategy.Frozen;
import dev.graft.strategy.LearningRates;
import dev.graft.strategy.LinearProbeFineTuning;
import dev.graft.strategy.Phase;
import dev.graft.strategy.Strategy;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarlyStoppingIT {
    private static final Head MLP = Head.Mlp.defaults();

    @Test
    void stopsAfterSoManyEpochsWithoutABetterOneAndGoesBackToTheBest() {
        int patience = 3;
        TransferResult result =
                run(new Tiny.Phases(Cut.at("pool"), MLP, List.of(phase("all", Frozen.nothing(), 40, 0.05))), patience);

        List<EpochResult> history = result.history();
        EpochResult best = best(history);
        assertThat(history).hasSizeLessThan(40);
        assertThat(best.epoch()).isEqualTo(history.size() - patience);
        assertThat(validationLoss(result)).isCloseTo(best.validationLoss(), within(1e-6));
        assertThat(best.validationLoss())
                .isLessThan(history.get(history.size() - 1).validationLoss());
    }

    @Test
    void theBestIsKeptAcrossPhases() {
        Strategy strategy = new Tiny.Phases(
                Cut.at("pool"),
                MLP,
                List.of(phase("good", Frozen.nothing(), 6, 0.01), phase("ruinous", Frozen.through("stem"), 10, 3)));

        TransferResult result = run(strategy, 2);

        EpochResult best = best(result.history());
        assertThat(best.phase()).isEqualTo("good");
        assertThat(result.history().stream().filter(epoch -> epoch.phase().equals("ruinous")))
                .as("its patience ends, counted from its start")
                .hasSize(2);
        assertThat(validationLoss(result)).isCloseTo(best.validationLoss(), within(1e-6));
    }

    @Test
    void aSolvedHeadThatStaysTheBestIsKept() {
        TransferResult result = Tiny.learning(LinearProbeFineTuning.defaults().withRate(1000))
                .training(Tiny.SETTINGS.withPatience(1).withEpochs(5))
                .run();

        assertThat(best(result.history()).phase()).isEqualTo("linear probe");
        assertThat(validationLoss(result)).isCloseTo(best(result.history()).validationLoss(), within(1e-5));
    }

    @Test
    void withoutPatienceAllEpochsAreTrainedAndTheLastWeightsKept() {
        TransferResult result =
                run(new Tiny.Phases(Cut.at("pool"), MLP, List.of(phase("all", Frozen.nothing(), 12, 0.05))), 0);

        List<EpochResult> history = result.history();
        assertThat(history).hasSize(12);
        assertThat(validationLoss(result)).isCloseTo(history.get(11).validationLoss(), within(1e-6));
    }

    private static TransferResult run(Strategy strategy, int patience) {
        TrainingSettings settings = Tiny.SETTINGS.withPatience(patience);
        return Tiny.learning(strategy).training(settings).run();
    }

    private static Phase phase(String name, Frozen frozen, int epochs, double rate) {
        return new Phase(name, frozen, epochs, LearningRates.same(rate), Schedule.CONSTANT);
    }

    private static EpochResult best(List<EpochResult> history) {
        return history.stream()
                .min(Comparator.comparingDouble(EpochResult::validationLoss))
                .orElseThrow();
    }

    /** Measured anew, from the result's weights. */
    private static double validationLoss(TransferResult result) {
        PhasePlan plan = Tiny.plan(Tiny.NETWORK, Cut.at("pool"), result.model().headLayers(), 2, Frozen.nothing());
        try (FeatureCache cache = FeatureCache.withDefaults();
                FrozenParts nothing = new FrozenParts(plan, result.weights(), cache);
                Examples examples = nothing.examples(
                        new BranchData(Tiny.VALIDATION, List.of(Tiny.VALIDATION)), Tiny.VALIDATION.targets());
                TrainableNetwork network = new TrainableNetwork(
                        plan.trainingPlan(),
                        result.weights(),
                        plan.stepSettings(LearningRates.same(1), Tiny.SETTINGS))) {
            return network.measure(examples, 0, examples.count()).lossSum() / examples.count();
        }
    }
}
