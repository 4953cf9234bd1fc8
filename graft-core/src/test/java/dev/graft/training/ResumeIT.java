package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.error.SettingsException;
import dev.graft.error.StoppedException;
import dev.graft.feature.Cut;
import dev.graft.head.Head;
import dev.graft.optimization.Schedule;
import dev.graft.result.EpochResult;
import dev.graft.strategy.FineTuning;
import dev.graft.strategy.Frozen;
import dev.graft.strategy.LearningRates;
import dev.graft.strategy.LinearProbeFineTuning;
import dev.graft.strategy.Phase;
import dev.graft.strategy.Strategy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeIT {
    private static final int EVERY_STEPS = 2;

    /** Two phases of 15 and up to 30 steps, with dropout, a schedule, and patience that runs out in the second. */
    static final Strategy STRATEGY = new Tiny.Phases(
            Cut.at("pool"),
            Head.Mlp.defaults(),
            List.of(
                    new Phase("head", Frozen.everything(), 3, LearningRates.same(0.02), Schedule.ONE_CYCLE),
                    new Phase(
                            "rest", Frozen.through("stem"), 12, new LearningRates(0.05, 0.05, 0.5), Schedule.COSINE)));

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 6, 13, 15, 16, 19, 22, 25})
    void aStoppedRunResumesToTheBytesOfAnUninterruptedOne(int steps) {
        TransferResult whole = learning().run();

        assertThatThrownBy(() -> checkpointed().stopWhen(after(steps)).run())
                .isInstanceOf(StoppedException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("TransferLearning.resume");
        TransferResult resumed = checkpointed().resume(true).run();

        assertThat(resumed.weights()).isEqualTo(whole.weights());
        assertThat(resumed.history()).isEqualTo(whole.history());
    }

    @Test
    void earlyStoppingEndsTheSecondPhaseOfThatRun() {
        List<EpochResult> history = learning().run().history();
        double best =
                history.stream().mapToDouble(EpochResult::validationLoss).min().orElseThrow();

        assertThat(history).hasSizeLessThan(3 + 12);
        assertThat(history.subList(history.size() - 3, history.size()))
                .allSatisfy(epoch -> assertThat(epoch.phase()).isEqualTo("rest"))
                .allSatisfy(epoch -> assertThat(epoch.validationLoss()).isGreaterThan(best));
    }

    @Test
    void aRunThatIsStoppedOverAndOverEndsInTheSameBytes() {
        TransferResult whole = learning().run();

        int stops = 0;
        TransferResult resumed = null;
        while (resumed == null) {
            try {
                resumed = checkpointed()
                        .resume(stops > 0)
                        .stopWhen(after(3 + stops % 4))
                        .run();
            } catch (StoppedException e) {
                stops++;
            }
        }

        assertThat(stops).isGreaterThan(4);
        assertThat(resumed.weights()).isEqualTo(whole.weights());
        assertThat(resumed.history()).isEqualTo(whole.history());
    }

    @Test
    void aRunAfterASolvedPhaseResumesToTheSameBytes() {
        Strategy strategy = LinearProbeFineTuning.defaults();
        TransferResult whole = Tiny.learning(strategy).run();

        assertThatThrownBy(() -> Tiny.learning(strategy)
                        .checkpoints(folder, 0)
                        .stopWhen(after(3))
                        .run())
                .isInstanceOf(StoppedException.class);
        TransferResult resumed =
                Tiny.learning(strategy).checkpoints(folder, 0).resume(true).run();

        assertThat(resumed.weights()).isEqualTo(whole.weights());
        assertThat(resumed.history()).isEqualTo(whole.history());
    }

    @Test
    void aRunWithoutValidationDataResumesToTheSameBytes() {
        TransferResult whole = withoutValidation().run();

        assertThatThrownBy(() -> withoutValidation()
                        .checkpoints(folder, 0)
                        .stopWhen(after(7))
                        .run())
                .isInstanceOf(StoppedException.class);
        TransferResult resumed =
                withoutValidation().checkpoints(folder, 0).resume(true).run();

        assertThat(resumed.weights()).isEqualTo(whole.weights());
        assertThat(resumed.history()).isEqualTo(whole.history());
    }

    @Test
    void aFinishedRunResumesToItsOwnResult() {
        TransferResult finished = checkpointed().run();

        TransferResult again = checkpointed().resume(true).run();

        assertThat(again.weights()).isEqualTo(finished.weights());
        assertThat(again.history()).isEqualTo(finished.history());
    }

    @Test
    void checkpointsDoNotChangeTheResult() {
        assertThat(checkpointed().run().weights()).isEqualTo(learning().run().weights());
    }

    @Test
    void stoppingWithoutACheckpointDirectorySaysThatNothingWasSaved() {
        assertThatThrownBy(() -> learning().stopWhen(after(2)).run())
                .isInstanceOf(StoppedException.class)
                .hasMessageContaining("nothing was saved");
    }

    @Test
    void otherTrainingDataAreRefused() {
        checkpointed().run();
        LabeledImages others = Shapes.draw(40, 3);

        assertThatThrownBy(() -> NetworkTraining.on(others)
                        .validation(Tiny.VALIDATION)
                        .backbone(Tiny.backbone())
                        .strategy(STRATEGY)
                        .training(Tiny.SETTINGS.withPatience(3))
                        .checkpoints(folder, EVERY_STEPS)
                        .resume(true)
                        .run())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("training data: " + Tiny.TRAIN.digest() + " then, " + others.digest() + " now");
    }

    @Test
    void otherSettingsAreRefused() {
        checkpointed().run();

        assertThatThrownBy(() -> checkpointed()
                        .training(Tiny.SETTINGS.withPatience(3).withSeed(43))
                        .resume(true)
                        .run())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("settings, seed: 42 then, 43 now")
                .hasMessageNotContaining("seed=43");
    }

    @Test
    void anotherStrategyIsRefused() {
        checkpointed().run();

        assertThatThrownBy(() ->
                        checkpointed().strategy(FineTuning.all()).resume(true).run())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("strategy: phases then, fine-tuning now");
    }

    @Test
    void anotherBackboneIsRefusedEvenUnderTheSameName() {
        checkpointed().run();

        assertThatThrownBy(() ->
                        checkpointed().backbone(Tiny.backbone(6)).resume(true).run())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(
                        "backbone weights: " + Tiny.backbone().weights().digest() + " then, "
                                + Tiny.backbone(6).weights().digest() + " now");
    }

    @Test
    void aDirectoryWithNothingToResumeFromIsRefused() {
        assertThatThrownBy(() -> checkpointed().resume(true).run())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("no checkpoint to resume from")
                .hasMessageContaining(folder.toString());
    }

    @Test
    void resumingWithoutACheckpointDirectoryIsRefused() {
        assertThatThrownBy(() -> learning().resume(true).run())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("no checkpoint to resume from");
    }

    private NetworkTraining checkpointed() {
        return learning().checkpoints(folder, EVERY_STEPS);
    }

    static NetworkTraining learning() {
        return Tiny.learning(STRATEGY).training(Tiny.SETTINGS.withPatience(3));
    }

    private static NetworkTraining withoutValidation() {
        return NetworkTraining.on(Tiny.TRAIN)
                .backbone(Tiny.backbone())
                .strategy(FineTuning.all())
                .training(Tiny.SETTINGS);
    }

    /** Asks to stop before the step after so many. */
    private static BooleanSupplier after(int steps) {
        AtomicInteger asked = new AtomicInteger();
        return () -> asked.getAndIncrement() >= steps;
    }
}
