package dev.graft.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.Initialization;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Head;
import dev.graft.layer.PointwiseLinear;
import dev.graft.layer.SequencePool;
import dev.graft.layer.Stage;
import dev.graft.layer.TokenEmbedding;
import dev.graft.layer.UnitLength;
import dev.graft.optimization.Objective;
import dev.graft.optimization.Schedule;
import dev.graft.optimization.TrainingSettings;
import dev.graft.preparation.Tokenization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrategiesTest {
    private static final Architecture DIGITS = Architectures.named("digits-cnn");
    private static final TrainingSettings SETTINGS =
            TrainingSettings.defaults().withEpochs(7).withLearningRate(0.01).withSchedule(Schedule.COSINE);

    private static final Architecture TEXTS = new Architecture(
            "texts",
            new Letters(8),
            List.of(
                    Stage.of("first", new TokenEmbedding("words", 128, "places", 8, 0, "types", 0, 4)),
                    Stage.of("second", new PointwiseLinear("dense", 4, 4, false)),
                    Stage.of("pooled", SequencePool.MEAN),
                    Stage.of("sentence", new UnitLength())),
            Initialization.GLOROT_UNIFORM);

    private record Letters(int maxTokens) implements Tokenization {
        @Override
        public String fingerprint() {
            return "Letters[" + maxTokens + "]";
        }

        @Override
        public int highestId() {
            return 127;
        }

        @Override
        public Tokenization withMaxTokens(int most) {
            return new Letters(most);
        }

        @Override
        public Tokens tokens(String text) {
            return new Tokens(text.chars().limit(maxTokens).toArray(), text.length() > maxTokens);
        }
    }

    static Stream<Strategy> all() {
        return Stream.of(
                FeatureExtraction.at(Cut.pooled(Pooling.MEAN, "conv1", "conv2")),
                FineTuning.all(),
                FineTuning.from("conv2"),
                L2Sp.all(),
                LinearProbeFineTuning.defaults(),
                Lora.defaults(),
                GradualUnfreezing.all(),
                new FromScratch(),
                new Pretraining(false));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyPhaseHasAnEpochAndTheSettingsSchedule(Strategy strategy) {
        assertThat(strategy.phases(DIGITS, SETTINGS)).isNotEmpty().allSatisfy(phase -> {
            assertThat(phase.epochs()).isPositive();
            assertThat(phase.schedule()).isEqualTo(Schedule.COSINE);
        });
    }

    @Test
    void featureExtractionFreezesEverythingAndTrainsTheHeadForAllEpochs() {
        assertThat(FeatureExtraction.at(Cut.at("dense")).phases(DIGITS, SETTINGS))
                .containsExactly(new Phase("head", Frozen.everything(), 7, LearningRates.same(0.01), Schedule.COSINE));
    }

    @Test
    void fineTuningFreezesWhatIsBeforeTheNamedStageAndTrainsTheBackboneSlower() {
        Phase phase = onlyPhase(FineTuning.from("conv2"));

        assertThat(frozenStages(phase, "dense")).containsExactly("conv1", "pool1");
        assertThat(phase.rates().head()).isEqualTo(0.01);
        assertThat(phase.rates().backbone()).isCloseTo(0.01 / 3, within(1e-12));
        assertThat(frozenStages(onlyPhase(FineTuning.all()), "dense")).isEmpty();
        assertThat(frozenStages(onlyPhase(FineTuning.from("conv1")), "dense")).isEmpty();
    }

    @Test
    void l2SpIsFineTuningWithAPenalty() {
        Phase phase = onlyPhase(L2Sp.from("conv2"));

        assertThat(phase.penalty()).isEqualTo(new Penalty(0.01, 0.01));
        assertThat(phase.withPenalty(Penalty.NONE)).isEqualTo(onlyPhase(FineTuning.from("conv2")));
        assertThat(onlyPhase(L2Sp.all().withPenalty(0.1, 0.02)).penalty()).isEqualTo(new Penalty(0.1, 0.02));
    }

    @Test
    void contrastiveFineTuningIsPairsThenAHead() {
        TrainingSettings settings = SETTINGS.withLearningRate(5e-5);
        List<Phase> phases = Contrastive.from("second").phases(TEXTS, settings);

        assertThat(phases).extracting(Phase::objective).containsExactly(Objective.pairs(), Objective.classes());
        assertThat(phases).extracting(Phase::frozen).containsExactly(Frozen.through("first"), Frozen.everything());
        assertThat(phases.get(0).rates()).isEqualTo(LearningRates.same(5e-5));
        assertThat(phases.get(0).epochs()).isEqualTo(7);
        assertThat(Contrastive.all().phases(TEXTS, settings).get(0).frozen()).isEqualTo(Frozen.nothing());
        assertThat(Contrastive.all().head(TEXTS)).isInstanceOf(Head.LogisticRegression.class);
    }

    @Test
    void contrastiveFineTuningComesByNameWithAtMostOneStage() {
        assertThat(Strategies.named("contrastive", TEXTS)).isEqualTo(Contrastive.all());
        assertThat(Strategies.named("contrastive@second", TEXTS)).isEqualTo(Contrastive.from("second"));
        assertThat(Strategies.named("contrastive@second", TEXTS).name()).isEqualTo("contrastive@second");
        assertThatThrownBy(() -> Strategies.named("contrastive@first+second", TEXTS))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("contrastive@first");
    }

    @Test
    void contrastiveFineTuningIsForTextsAndNeedsPairs() {
        assertThatThrownBy(() -> Contrastive.all().phases(DIGITS, SETTINGS))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("texts", "contrastive", "digits-cnn", "lp-ft");
        assertThatThrownBy(() -> Contrastive.all().phases(TEXTS, SETTINGS.withBatchSize(1)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("no pairs", "at least 2");
    }

    @Test
    void aHeadAloneCannotLearnFromPairs() {
        Phase head = Phase.ofHead(SETTINGS);

        assertThatThrownBy(() -> head.withObjective(Objective.pairs()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("head", "everything frozen");
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, -1", "NaN, 0", "0, Infinity"})
    void aPenaltyOutOfRangeIsRefused(double startingPoint, double head) {
        assertThatThrownBy(() -> new Penalty(startingPoint, head)).isInstanceOf(SettingsException.class);
    }

    @Test
    void fineTuningAfterALinearProbeMayStartAtAStage() {
        Strategy strategy = Strategies.named("lp-ft@dense", DIGITS);

        assertThat(strategy).isEqualTo(LinearProbeFineTuning.from("dense"));
        assertThat(strategy.name()).isEqualTo("lp-ft@dense");
        assertThat(strategy.phases(DIGITS, SETTINGS))
                .extracting(Phase::frozen)
                .containsExactly(Frozen.everything(), Frozen.through("flatten"));
        assertThat(strategy.phases(DIGITS, SETTINGS).get(1)).satisfies(phase -> {
            assertThat(phase.runningStatistics()).isTrue();
            assertThat(phase.objective()).isEqualTo(new Objective.Classes(0.1));
        });
        assertThatThrownBy(() -> Strategies.named("lp-ft@conv2+dense", DIGITS)).hasMessageContaining("lp-ft@conv2");
    }

    @Test
    void l2SpComesByNameWithAtMostOneStage() {
        assertThat(Strategies.named("l2-sp", DIGITS)).isEqualTo(L2Sp.all());
        assertThat(Strategies.named("l2-sp@conv2", DIGITS)).isEqualTo(L2Sp.from("conv2"));
        assertThat(Strategies.named("l2-sp@conv2", DIGITS).name()).isEqualTo("l2-sp@conv2");
        assertThatThrownBy(() -> Strategies.named("l2-sp@conv2+dense", DIGITS))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("l2-sp@conv2");
    }

    @Test
    void linearProbeThenFineTuningFirstFreezesEverythingAndThenNothing() {
        List<Phase> phases = LinearProbeFineTuning.defaults().phases(DIGITS, SETTINGS);

        assertThat(phases).extracting(Phase::frozen).containsExactly(Frozen.everything(), Frozen.nothing());
        assertThat(phases.get(1).rates().backbone()).isCloseTo(0.001, within(1e-12));
        assertThat(phases.get(1).rates().head()).isCloseTo(0.001, within(1e-12));
    }

    @Test
    void gradualUnfreezingThawsOneStageAfterTheOtherFromTheLastToTheFirst() {
        List<Phase> phases = GradualUnfreezing.all().phases(DIGITS, SETTINGS);

        assertThat(phases).extracting(Phase::name).containsExactly("head", "from dense", "from conv2", "from conv1");
        assertThat(phases).extracting(Phase::epochs).containsExactly(1, 1, 1, 7);
        assertThat(phases.stream().map(phase -> frozenStages(phase, "dense")))
                .containsExactly(
                        List.of("conv1", "pool1", "conv2", "pool2", "flatten", "dense"),
                        List.of("conv1", "pool1", "conv2", "pool2", "flatten"),
                        List.of("conv1", "pool1"),
                        List.of());
    }

    @Test
    void gradualUnfreezingThroughNamedStagesThawsThese() {
        assertThat(GradualUnfreezing.through("dense", "conv2").phases(DIGITS, SETTINGS))
                .extracting(Phase::name)
                .containsExactly("head", "from dense", "from conv2");
    }

    @Test
    void gradualUnfreezingLowersTheRateByHowardAndRudersFactor() {
        Phase last = GradualUnfreezing.all().phases(DIGITS, SETTINGS).get(3);

        assertThat(last.rates().head()).isEqualTo(0.01);
        assertThat(last.rates().backbone()).isCloseTo(0.01 / 2.6, within(1e-12));
        assertThat(last.rates().stageDecay()).isCloseTo(1 / 2.6, within(1e-12));
    }

    @Test
    void fromScratchAndPretrainingStartFromRandomWeightsAndTheOthersDoNot() {
        assertThat(all().filter(strategy -> !strategy.pretrained()).map(Strategy::name))
                .containsExactly("from-scratch", "pretraining");
    }

    @Test
    void byDefaultTheCutIsTheLastStageBeforeTheClassifierAndTheHeadHasItsDropout() {
        assertThat(FineTuning.all().cut(DIGITS)).isEqualTo(Cut.at("dense"));
        assertThat(FineTuning.all().head(DIGITS)).isEqualTo(new Head.Classifier(0.5f));
    }

    @ParameterizedTest
    @CsvSource({"conv1, 1", "pool1, 2", "dense, 6", "logits, 6"})
    void frozenThroughAStageEndsThereOrAtTheCut(String stage, int count) {
        assertThat(Frozen.through(stage).stages(DIGITS, Cut.at("dense"))).hasSize(count);
    }

    @ParameterizedTest
    @CsvSource({"conv1, 0", "pool1, 1", "dense, 5", "logits, 6"})
    void frozenBeforeAStageEndsJustBeforeIt(String stage, int count) {
        assertThat(Frozen.before(DIGITS, stage).stages(DIGITS, Cut.at("dense"))).hasSize(count);
    }

    @Test
    void aStageThatDoesNotExistIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> FineTuning.from("layer4").phases(DIGITS, SETTINGS))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("layer4")
                .hasMessageContaining("conv1, pool1, conv2");
        assertThatThrownBy(() -> Frozen.through("layer4").stages(DIGITS, Cut.at("dense")))
                .isInstanceOf(SettingsException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "1, 0, 1", "1, 1, 0", "1, 1, 1.1", "NaN, 1, 1", "1, Infinity, 1", "1, 1, NaN"})
    void learningRatesOutOfRangeAreRefused(double head, double backbone, double stageDecay) {
        assertThatThrownBy(() -> new LearningRates(head, backbone, stageDecay))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("out of range");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aShareOfTheRateThatIsNotAPositiveNumberIsRefused(double share) {
        assertThatThrownBy(() -> new FineTuning(null, 1, share)).isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> new FineTuning(null, share, 1)).isInstanceOf(SettingsException.class);
        assertThatThrownBy(
                        () -> LinearProbeFineTuning.defaults().withRate(share).phases(DIGITS, SETTINGS))
                .isInstanceOf(SettingsException.class);
    }

    @Test
    void aPhaseWithoutEpochsIsRefused() {
        Phase phase = new Phase("some", Frozen.nothing(), 1, LearningRates.same(1), Schedule.CONSTANT);
        assertThatThrownBy(() -> phase.withLabelSmoothing(1)).hasMessageContaining("Label smoothing");
        assertThatThrownBy(() -> phase.withLabelSmoothing(Double.NaN)).hasMessageContaining("Label smoothing");
        assertThatThrownBy(() -> new Phase("none", Frozen.nothing(), 0, LearningRates.same(1), Schedule.CONSTANT))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("none");
    }

    private static Phase onlyPhase(Strategy strategy) {
        List<Phase> phases = strategy.phases(DIGITS, SETTINGS);
        assertThat(phases).hasSize(1);
        return phases.get(0);
    }

    private static List<String> frozenStages(Phase phase, String cut) {
        return phase.frozen().stages(DIGITS, Cut.at(cut)).stream()
                .map(Stage::name)
                .toList();
    }
}
