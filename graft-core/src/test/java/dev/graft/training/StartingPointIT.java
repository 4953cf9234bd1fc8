package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.backbone.Architecture;
import dev.graft.error.SettingsException;
import dev.graft.error.StoppedException;
import dev.graft.feature.Cut;
import dev.graft.head.Head;
import dev.graft.optimization.Optimizer;
import dev.graft.optimization.Schedule;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.FromScratch;
import dev.graft.strategy.Frozen;
import dev.graft.strategy.L2Sp;
import dev.graft.strategy.LearningRates;
import dev.graft.strategy.Penalty;
import dev.graft.strategy.Phase;
import dev.graft.strategy.Strategy;
import dev.graft.weights.WeightSet;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A penalty holds the backbone where it started, also in a later phase and in a run that goes on from a checkpoint. */
class StartingPointIT {
    private static final WeightSet SOURCE = Tiny.backbone().weights();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aHugePenaltyHoldsTheBackboneWhereItStarted() {
        double free = distance(run(L2Sp.all().withPenalty(0, 0)));
        double held = distance(run(L2Sp.all().withPenalty(1e4, 0)));

        assertThat(held).isLessThan(free / 5);
    }

    @Test
    void aHugePenaltyOnTheHeadBringsItToZeroAndLeavesTheBackboneFree() {
        // The head's weights start at up to 1, and a step moves them by at most the rate.
        WeightSet after = run(L2Sp.all().withPenalty(0, 1e4), 0.1);

        assertThat(largest(after, Head.PREFIX)).isLessThan(0.25);
        assertThat(largest(run(L2Sp.all(), 0.1), Head.PREFIX)).isGreaterThan(0.5);
        assertThat(distance(after)).isGreaterThan(5 * distance(run(L2Sp.all().withPenalty(1e4, 1e4), 0.1)));
    }

    @Test
    void frozenStagesStayByteIdenticalAndTheOthersMove() {
        WeightSet after = run(L2Sp.from("body"));

        assertThat(after.names())
                .filteredOn(name -> name.startsWith("stem"))
                .hasSize(5)
                .allSatisfy(name -> assertThat(after.get(name)).isEqualTo(SOURCE.get(name)));
        assertThat(after.get("body.conv.weight")).isNotEqualTo(SOURCE.get("body.conv.weight"));
    }

    @Test
    void aPenaltyTakesThePlaceOfWeightDecay() {
        TrainingSettings decaying = Tiny.SETTINGS.withOptimizer(Optimizer.adamW(0.5f));

        assertThat(Tiny.learning(L2Sp.all()).training(decaying).run().weights())
                .isEqualTo(Tiny.learning(L2Sp.all())
                        .training(Tiny.SETTINGS.withOptimizer(Optimizer.adamW(0)))
                        .run()
                        .weights());
    }

    @Test
    void aLaterPhaseIsHeldAtTheSourcesWeightsToo() {
        double free = distance(run(twoPhases(Penalty.NONE)));
        double held = distance(run(twoPhases(new Penalty(1e4, 0))));

        assertThat(held).isLessThan(free / 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 12, 26})
    void aStoppedRunResumesToTheBytesOfAnUninterruptedOne(int steps) {
        Strategy strategy = twoPhases(new Penalty(0.5, 0.1));
        TransferResult whole = Tiny.learning(strategy).run();
        AtomicInteger asked = new AtomicInteger();

        assertThatThrownBy(() -> Tiny.learning(strategy)
                        .checkpoints(folder, 0)
                        .stopWhen(() -> asked.getAndIncrement() >= steps)
                        .run())
                .isInstanceOf(StoppedException.class);
        TransferResult resumed =
                Tiny.learning(strategy).checkpoints(folder, 0).resume(true).run();

        assertThat(resumed.weights()).isEqualTo(whole.weights());
        assertThat(resumed.history()).isEqualTo(whole.history());
    }

    @Test
    void anotherPenaltyIsAnotherRun() {
        Tiny.learning(L2Sp.all()).checkpoints(folder, 0).run();

        assertThatThrownBy(() -> Tiny.learning(L2Sp.all().withPenalty(0.02, 0.01))
                        .checkpoints(folder, 0)
                        .resume(true)
                        .run())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("starting point: 0.01 then, 0.02 now");
    }

    @Test
    void randomWeightsHaveNoStartingPointToBeHeldAt() {
        Strategy random = new Strategy() {
            @Override
            public String name() {
                return "random";
            }

            @Override
            public boolean pretrained() {
                return false;
            }

            @Override
            public List<Phase> phases(Architecture architecture, TrainingSettings settings) {
                return new FromScratch()
                        .phases(architecture, settings).stream()
                                .map(phase -> phase.withPenalty(new Penalty(0.1, 0)))
                                .toList();
            }
        };

        assertThatThrownBy(() -> run(random))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("start at random");
    }

    /** 15 steps that go astray, and 25 with the penalty. */
    private static Strategy twoPhases(Penalty penalty) {
        return new Tiny.Phases(
                Cut.at("pool"),
                Head.Mlp.defaults(),
                List.of(
                        new Phase("astray", Frozen.nothing(), 3, LearningRates.same(0.05), Schedule.CONSTANT),
                        new Phase("held", Frozen.nothing(), 5, LearningRates.same(0.02), Schedule.COSINE)
                                .withPenalty(penalty)));
    }

    private static WeightSet run(Strategy strategy) {
        return run(strategy, 0.01);
    }

    private static WeightSet run(Strategy strategy, double rate) {
        return Tiny.learning(strategy)
                .training(Tiny.SETTINGS.withEpochs(6).withLearningRate(rate).withSchedule(Schedule.COSINE))
                .run()
                .weights();
    }

    /** The root of the mean square distance of the learned tensors from those of the source. */
    private static double distance(WeightSet after) {
        double squares = 0;
        long count = 0;
        for (String name : after.names()) {
            if (name.startsWith(Head.PREFIX) || name.contains("running")) {
                continue;
            }
            float[] now = after.get(name).values();
            float[] then = SOURCE.get(name).values();
            for (int i = 0; i < now.length; i++) {
                squares += Math.pow(now[i] - then[i], 2);
            }
            count += now.length;
        }
        return Math.sqrt(squares / count);
    }

    private static double largest(WeightSet weights, String prefix) {
        double largest = 0;
        for (String name : weights.names()) {
            if (name.startsWith(prefix)) {
                for (float value : weights.get(name).values()) {
                    largest = Math.max(largest, Math.abs(value));
                }
            }
        }
        return largest;
    }
}
