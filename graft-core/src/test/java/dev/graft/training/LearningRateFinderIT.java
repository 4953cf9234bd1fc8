package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.error.SettingsException;
import dev.graft.error.StoppedException;
import dev.graft.feature.Cut;
import dev.graft.head.Head;
import dev.graft.image.Augmentation;
import dev.graft.image.Mixing;
import dev.graft.optimization.Balance;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.EpochResult;
import dev.graft.source.Backbones;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.FineTuning;
import dev.graft.strategy.GradualUnfreezing;
import dev.graft.strategy.LinearProbeFineTuning;
import dev.graft.strategy.Strategy;
import dev.graft.weights.WeightSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningRateFinderIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void theSameTransferGivesTheSameCurveAndAnotherSeedAnotherOne() {
        LearningRateCurve once = LearningRateFinder.find(Tiny.learning(FineTuning.all()));

        assertThat(LearningRateFinder.find(Tiny.learning(FineTuning.all()))).isEqualTo(once);
        assertThat(LearningRateFinder.find(Tiny.learning(FineTuning.all()).training(Tiny.SETTINGS.withSeed(1))))
                .isNotEqualTo(once);
    }

    @Test
    void theRatesRiseExponentiallyAndTheDataBeginAnewAsOftenAsItTakes() {
        List<LearningRateCurve.Point> points =
                LearningRateFinder.find(Tiny.learning(FineTuning.all())).points();

        // 5 batches an epoch; the loss of so small a network soars late.
        assertThat(points).hasSizeBetween(50, 100);
        assertThat(points.get(0).rate()).isCloseTo(1e-7, within(1e-15));
        for (int i = 1; i < points.size(); i++) {
            double ratio = points.get(i).rate() / points.get(i - 1).rate();
            assertThat(ratio).isCloseTo(Math.pow(1e8, 1 / 99.0), within(1e-9));
        }
    }

    @Test
    void theTrialEndsWhereTheSmoothedLossIsFourTimesTheBest() {
        // At a thousand times the settings' rates the loss soars well before the trial's last step.
        NetworkTraining soaring =
                digits(TrainingSettings.defaults()).strategy(FineTuning.all().withRates(1000, 1000));

        List<LearningRateCurve.Point> points = LearningRateFinder.find(soaring).points();

        double best = points.stream()
                .mapToDouble(LearningRateCurve.Point::smoothed)
                .min()
                .orElseThrow();
        assertThat(points).hasSizeLessThan(100);
        assertThat(points.get(points.size() - 1).smoothed()).isGreaterThan(4 * best);
        assertThat(points.subList(0, points.size() - 1))
                .allSatisfy(point -> assertThat(point.smoothed()).isLessThanOrEqualTo(4 * best));
    }

    @Test
    void theStateThatItStartsFromStaysAsItIsBitForBit() {
        AtomicReference<RunState> seen = new AtomicReference<>();
        AtomicReference<String> before = new AtomicReference<>();

        Tiny.learning(FineTuning.all()).attempt((run, state) -> {
            seen.set(state);
            before.set(state.weights.digest());
            return LearningRateFinder.find(run, state);
        });

        RunState state = Objects.requireNonNull(seen.get());
        assertThat(state.weights.digest()).isEqualTo(before.get());
        assertThat(state.optimizer).isNull();
        assertThat(state.optimizerSteps).isZero();
        assertThat(List.of(state.phase, state.epoch, state.step, state.seen, state.history.size()))
                .containsOnly(0);
    }

    @Test
    void aRunAfterwardsGivesTheBytesThatItGivesWithout() {
        WeightSet without = Tiny.learning(FineTuning.all()).run().weights();
        NetworkTraining learning = Tiny.learning(FineTuning.all()).checkpoints(folder.resolve("run"), 0);

        LearningRateFinder.find(learning);

        assertThat(folder).isEmptyDirectory();
        assertThat(learning.run().weights()).isEqualTo(without);
    }

    @Test
    void nobodyHearsOfTheTrial() {
        LearningRateFinder.find(Tiny.learning(GradualUnfreezing.all()).listener(new TrainingListener() {
            @Override
            public void stepDone(long step, long steps, double loss) {
                throw new AssertionError("a step was heard of");
            }

            @Override
            public void epochDone(EpochResult epoch) {
                throw new AssertionError("an epoch was heard of");
            }
        }));
    }

    @Test
    void theLastPhaseIsTriedAfterThoseBeforeIt() {
        WeightSet solved =
                Tiny.learning(FeatureExtraction.at(Cut.at("pool"))).run().weights();
        AtomicReference<WeightSet> tried = new AtomicReference<>();

        LearningRateCurve found = Tiny.learning(LinearProbeFineTuning.defaults())
                .attempt((run, state) -> {
                    LearningRateCurve curve = LearningRateFinder.find(run, state);
                    tried.set(state.weights);
                    return curve;
                });

        assertThat(found.phase()).isEqualTo("fine-tuning");
        assertThat(tried.get()).isEqualTo(solved);
        assertThat(LearningRateFinder.find(Tiny.learning(GradualUnfreezing.all()))
                        .phase())
                .isEqualTo("from stem");
    }

    @Test
    void theRatesAreThoseOfTheSettingsWhateverTheyWereSetTo() {
        LearningRateCurve found = LearningRateFinder.find(Tiny.learning(FineTuning.all()));

        LearningRateCurve other =
                LearningRateFinder.find(Tiny.learning(FineTuning.all()).training(Tiny.SETTINGS.withLearningRate(0.5)));

        assertThat(other.suggested()).isCloseTo(found.suggested(), within(found.suggested() / 3));
    }

    @Test
    void dataThatFillNoBatchBalanceAndBlendsAreTriedToo() {
        LearningRateCurve found = LearningRateFinder.find(NetworkTraining.on(Shapes.draw(11, 1))
                .backbone(Tiny.backbone())
                .strategy(FineTuning.from("body"))
                .balance(Balance.SAMPLING)
                .augmentation(Augmentation.none().withMixing(Mixing.MIXUP))
                .training(Tiny.SETTINGS.withBatchSize(16)));

        assertThat(found.suggested()).isBetween(1e-6, 10.0);
    }

    @Test
    void aStrategyThatSolvesItsHeadHasNoRateToFind() {
        Strategy solved = FeatureExtraction.at(Cut.at("pool"));

        assertThatThrownBy(() -> LearningRateFinder.find(Tiny.learning(solved)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("solved")
                .hasMessageContaining("feature-extraction");
        assertThat(LearningRateFinder.find(Tiny.learning(
                                FeatureExtraction.at(Cut.at("pool")).withHead(Head.Mlp.defaults())))
                        .phase())
                .isEqualTo("head");
    }

    @Test
    void itStopsWhenAsked() {
        assertThatThrownBy(() ->
                        LearningRateFinder.find(Tiny.learning(FineTuning.all()).stopWhen(() -> true)))
                .isInstanceOf(StoppedException.class)
                .hasMessageContaining("nothing was saved");
    }

    @Test
    void fineTuningDigitsToShapesLearnsBetterAtTheSuggestionThanAtThirtyTimesIt() {
        TrainingSettings settings = TrainingSettings.defaults().withEpochs(4);
        double suggested = LearningRateFinder.find(digits(settings)).suggested();

        assertThat(suggested).isBetween(4e-3, 4e-2);
        assertThat(lastLoss(settings.withLearningRate(suggested)))
                .isLessThan(0.5 * lastLoss(settings.withLearningRate(30 * suggested)));
    }

    private static double lastLoss(TrainingSettings settings) {
        List<EpochResult> history = digits(settings).run().history();
        return history.get(history.size() - 1).validationLoss();
    }

    private static NetworkTraining digits(TrainingSettings settings) {
        LabeledImages train = Shapes.draw(500, 21);
        return NetworkTraining.on(train)
                .validation(Shapes.draw(100, 22))
                .backbone(Backbones.load("digits-cnn"))
                .strategy(FineTuning.all())
                .training(settings);
    }
}
