package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.data.Shapes;
import dev.graft.data.Split;
import dev.graft.error.DataException;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.head.Head;
import dev.graft.image.Augmentation;
import dev.graft.image.Mixing;
import dev.graft.layer.Adapter;
import dev.graft.optimization.Optimizer;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.FineTuning;
import dev.graft.strategy.GradualUnfreezing;
import dev.graft.strategy.LinearProbeFineTuning;
import dev.graft.strategy.Lora;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused where it comes in, before anything is trained. */
class NetworkTrainingTest {
    private static final Split SPLIT = Split.stratified(0.8, 0.1, 0.1);

    private static NetworkTraining learning() {
        return NetworkTraining.on(Shapes.draw(60, 1)).backbone(Tiny.backbone());
    }

    @Test
    void dataIsSplitOnce() {
        NetworkTraining split = learning().split(SPLIT);

        refused(() -> split.split(SPLIT), "the training part of a split");
        refused(() -> learning().validation(Tiny.VALIDATION).split(SPLIT), "validation or test data");
        refused(() -> learning().test(Tiny.VALIDATION).split(SPLIT), "validation or test data");
    }

    @Test
    void aPartOfASplitMayBeReplacedAfterwards() {
        assertThat(learning().split(SPLIT).test(Tiny.VALIDATION)).isNotNull();
    }

    @Test
    void aStrategyWithoutPhasesIsRefused() {
        NetworkTraining learning = learning().strategy(new Tiny.Phases(Cut.at("pool"), Head.Mlp.defaults(), List.of()));

        refused(learning::run, "no phases");
    }

    @Test
    void checkpointsAreNotSavedEveryMinusOneSteps() {
        refused(() -> learning().checkpoints(Path.of("."), -1), "-1");
    }

    static Stream<Runnable> withoutAValue() {
        return Stream.of(
                () -> NetworkTraining.on(none()),
                () -> learning().backbone(none()),
                () -> learning().branch(none()),
                () -> learning().strategy(none()),
                () -> learning().head(none()),
                () -> learning().fusion(none()),
                () -> learning().split(none()),
                () -> learning().validation(none()),
                () -> learning().test(none()),
                () -> learning().training((TrainingSettings) none()),
                () -> learning().augmentation(none()),
                () -> learning().balance(none()),
                () -> learning().listener(none()),
                () -> learning().stopWhen(none()),
                () -> learning().within(none()),
                () -> learning().cache(none()),
                () -> learning().checkpoints(none(), 0),
                () -> TrainingSettings.defaults().withOptimizer(none()),
                () -> TrainingSettings.defaults().withSchedule(none()),
                () -> new Optimizer(none(), 0.9f, 0.99f, 1e-7f, 0),
                () -> FeatureExtraction.defaults().withHead(none()),
                () -> FeatureExtraction.defaults().named(none()),
                () -> Augmentation.none().withMixing((Mixing) none()),
                () -> Cut.at(none()),
                () -> Branch.only(none()),
                () -> Branch.image("photo", none()));
    }

    @ParameterizedTest
    @MethodSource("withoutAValue")
    void nullIsRefusedWhereItComesIn(Runnable setting) {
        refused(setting, "null");
    }

    static Stream<Runnable> outOfRange() {
        return Stream.of(
                () -> TrainingSettings.defaults().withEpochs(0),
                () -> TrainingSettings.defaults().withBatchSize(-1),
                () -> TrainingSettings.defaults().withLearningRate(Double.NaN),
                () -> TrainingSettings.defaults().withLearningRate(Double.POSITIVE_INFINITY),
                () -> TrainingSettings.defaults().withClipNorm(Double.NaN),
                () -> TrainingSettings.defaults().withPatience(-1),
                () -> Split.stratified(0.5, 0.1, Double.NaN),
                () -> Split.stratified(0.9, 0.9, 0.1),
                () -> FineTuning.all().withRates(Double.NaN, 1),
                () -> LinearProbeFineTuning.defaults().withRate(0),
                () -> LinearProbeFineTuning.defaults().withRate(Double.NaN),
                () -> new Lora(Lora.defaults().lowRank(), -1),
                () -> new Adapter(0, 1, 0),
                () -> Optimizer.adamW(-1),
                () -> Augmentation.none().withErasing(Double.NaN),
                () -> Augmentation.none().withViews(0),
                () -> new Head.Classifier(1));
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void numbersOutOfTheirRangeAreRefused(Runnable setting) {
        assertThatExceptionOfType(SettingsException.class).isThrownBy(setting::run);
    }

    @Test
    void aStageThatIsNullIsRefused() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> GradualUnfreezing.through("stem", none()))
                .withMessageContaining("stage 1");
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T none() {
        @Nullable T nothing = null;
        return nothing;
    }

    private static void refused(Runnable setting, String found) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(setting::run)
                .withMessageContaining(found);
    }
}
