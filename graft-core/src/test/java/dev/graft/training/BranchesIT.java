package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.Bundle;
import dev.graft.data.Item;
import dev.graft.data.LabeledItems;
import dev.graft.error.DataException;
import dev.graft.error.SettingsException;
import dev.graft.error.StoppedException;
import dev.graft.error.WeightsFileException;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Pooling;
import dev.graft.head.Fusion;
import dev.graft.head.Head;
import dev.graft.image.Augmentation;
import dev.graft.image.Mixing;
import dev.graft.model.Confidence;
import dev.graft.model.TransferModel;
import dev.graft.optimization.TrainingSettings;
import dev.graft.prediction.Classifier;
import dev.graft.prediction.PredictionSettings;
import dev.graft.result.EpochResult;
import dev.graft.result.StageSummary;
import dev.graft.source.Backbones;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.FineTuning;
import dev.graft.strategy.FromScratch;
import dev.graft.strategy.GradualUnfreezing;
import dev.graft.strategy.L2Sp;
import dev.graft.strategy.LinearProbeFineTuning;
import dev.graft.strategy.Lora;
import dev.graft.strategy.Strategy;
import dev.graft.weights.WeightSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BranchesIT {
    private static final Backbone DIGITS = Backbones.load("digits-cnn");
    private static final Branch PICTURE =
            Branch.image("picture", DIGITS).cut(Cut.pooled(Pooling.MEAN_MAX_STD, "conv1", "conv2"));
    private static final Branch WORD = Branch.categories("word");
    private static final Head MLP = new Head.Mlp(32, 0);

    private static final LabeledItems TRAIN = Riddle.draw(200, 1);
    private static final LabeledItems TEST = Riddle.draw(200, 2);
    private static final TrainingSettings SETTINGS =
            TrainingSettings.defaults().withEpochs(20).withBatchSize(16).withLearningRate(0.003);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void neitherBranchAloneKnowsAndBothTogetherDo() {
        assertThat(accuracy(learning(PICTURE))).isBetween(0.35, 0.65);
        assertThat(accuracy(learning(WORD))).isBetween(0.35, 0.65);
        assertThat(accuracy(learning(PICTURE, WORD))).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void aLinearHeadKnowsWithGatedFusionAlone() {
        Head linear = new Head.Classifier(0);

        assertThat(accuracy(learning(PICTURE, WORD).head(linear))).isBetween(0.3, 0.7);
        assertThat(accuracy(learning(PICTURE, WORD).head(linear).fusion(Fusion.gated())))
                .isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void aTrainedBranchMovesFromItsStageOnAndAFrozenOneNotByABit() {
        Branch second = Branch.image("picture", DIGITS).named("again").trainedFrom("conv2");
        LabeledItems train = Riddle.draw(120, 1);

        TransferResult result = learning(train, PICTURE, WORD, second)
                .training(SETTINGS.withEpochs(4))
                .test(TEST)
                .run();

        WeightSet before = DIGITS.weights();
        assertThat(result.weights().select("picture/").asMap())
                .allSatisfy((name, tensor) -> assertThat(tensor).isEqualTo(before.get(name)));
        assertThat(result.weights().select("again/").asMap()).allSatisfy((name, tensor) -> {
            if (name.startsWith("conv1")) {
                assertThat(tensor).isEqualTo(before.get(name));
            } else {
                assertThat(tensor).as(name).isNotEqualTo(before.get(name));
            }
        });
    }

    @Test
    void aBranchThatIsTrainedAfterTheHeadKnowsToo() {
        Branch trained = PICTURE.with(LinearProbeFineTuning.from("conv2"));

        assertThat(accuracy(learning(trained, WORD))).isGreaterThanOrEqualTo(0.95);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("strategies")
    void everyStrategyTrainsBranches(Strategy strategy) {
        TransferResult result = learning(PICTURE, WORD, Branch.numbers("size"))
                .strategy(strategy)
                .training(SETTINGS.withLearningRate(0.01))
                .run();

        assertThat(result.history().get(result.history().size() - 1).loss())
                .isLessThan(0.7 * result.history().get(0).loss());
        assertThat(result.model().lineage().strategy()).isEqualTo(strategy.name());
        boolean moved = !result.weights()
                .select("picture/")
                .get("conv1.weight")
                .equals(DIGITS.weights().get("conv1.weight"));
        assertThat(moved).isEqualTo(!(strategy instanceof FeatureExtraction));
    }

    static List<Strategy> strategies() {
        return List.of(
                FeatureExtraction.defaults(),
                FineTuning.all(),
                L2Sp.all(),
                LinearProbeFineTuning.defaults(),
                GradualUnfreezing.all(),
                new FromScratch());
    }

    @Test
    void aBranchWithFewerPhasesStaysInItsLast() {
        TransferResult result = learning(
                        PICTURE.with(GradualUnfreezing.all()),
                        Branch.image("picture", DIGITS).named("again").trainedFrom("conv2"),
                        WORD)
                .training(SETTINGS.withEpochs(1))
                .run();

        // A phase for the head, and one for each stage that has weights as far as the cut.
        assertThat(result.history()).hasSize(3);
        assertThat(result.frozenStages()).contains("again/conv1").doesNotContain("picture/conv1", "again/conv2");
    }

    @Test
    void aStageBehindTheCutCannotBeTrained() {
        assertThatThrownBy(() -> learning(PICTURE.trainedFrom("dense"), WORD).run())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("branch picture, cut at conv1+conv2")
                .hasMessageContaining("fine-tuning@dense");
    }

    @Test
    void adaptersNeedABranchThatCanCarryThem() {
        assertThatThrownBy(() -> learning(WORD, Branch.image("picture", Backbones.load("cifar-resnet")))
                        .strategy(Lora.defaults())
                        .run())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("adapters could be trained beside");
    }

    @Test
    void adaptersThatOneBranchAsksForAreNotLeftOut() {
        Branch picture = Branch.image("picture", Backbones.load("cifar-resnet")).with(Lora.defaults());

        assertThatThrownBy(() -> learning(WORD, picture).run())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("batch normalisation, which cannot be adapted");
    }

    @Test
    void aPhaseHasTheNameOfTheBranchThatIsTrained() {
        TransferResult result = learning(
                        PICTURE, Branch.image("picture", DIGITS).named("again").trainedFrom("conv2"))
                .training(SETTINGS.withEpochs(1))
                .run();

        assertThat(result.history())
                .singleElement()
                .extracting(EpochResult::phase)
                .isEqualTo("fine-tuning");
    }

    @Test
    void aLearningRateIsFoundForBranchesToo() {
        LearningRateCurve curve = LearningRateFinder.find(
                learning(PICTURE, WORD).strategy(FineTuning.all()).training(SETTINGS));

        assertThat(curve.suggested()).isPositive();
    }

    @Test
    void everyFrozenBranchIsComputedOnceHoweverManyRunsThereAre() {
        try (FeatureCache cache = new FeatureCache(1 << 26)) {
            learning(PICTURE, WORD)
                    .training(SETTINGS.withEpochs(2))
                    .cache(cache)
                    .run();
            int misses = cache.misses();
            // Words and numbers are what they are; the pictures' features are there already.
            learning(PICTURE, Branch.numbers("size"))
                    .training(SETTINGS.withEpochs(1))
                    .cache(cache)
                    .run();

            assertThat(misses).isPositive();
            assertThat(cache.misses()).isEqualTo(misses);
            assertThat(cache.hits()).isGreaterThanOrEqualTo(misses);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8, 11})
    void aStoppedRunResumesToTheBytesOfAnUninterruptedOne(int steps) {
        TransferResult whole = short1().run();
        AtomicInteger asked = new AtomicInteger();

        assertThatThrownBy(() -> short1().checkpoints(folder, 2)
                        .stopWhen(() -> asked.getAndIncrement() >= steps)
                        .run())
                .isInstanceOf(StoppedException.class);
        TransferResult resumed = short1().checkpoints(folder, 2).resume(true).run();

        assertThat(resumed.weights()).isEqualTo(whole.weights());
        assertThat(resumed.history()).isEqualTo(whole.history());
    }

    @Test
    void resumingWithAnotherBranchIsRefused() {
        short1().checkpoints(folder, 0).run();

        assertThatThrownBy(() -> short1().branch(Branch.numbers("size"))
                        .checkpoints(folder, 0)
                        .resume(true)
                        .run())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("branch numbers: nothing then");
    }

    @Test
    void theBundledNetworkSaysOfItemsWhatTheTrainedOneSays() {
        TransferResult result = learning(PICTURE, WORD, Branch.numbers("size"))
                .fusion(Fusion.gated())
                .training(SETTINGS.withEpochs(3))
                .test(TEST)
                .run();

        result.saveBundle(folder.resolve("bundle"));
        TransferModel read = Bundle.read(folder.resolve("bundle"));
        assertThat(read).isEqualTo(result.model());
        assertThat(Bundle.kind(folder.resolve("bundle"))).isEqualTo(Bundle.Kind.TRANSFER);
        assertThat(read.lineage().strategy()).isEqualTo("feature-extraction");
        assertThatThrownBy(() -> Bundle.readBackbone(folder.resolve("bundle")))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("a backbone");
        assertThatThrownBy(read::architecture)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("branches()");
        try (Classifier classifier = new Classifier(read)) {
            assertThat(classifier.evaluate(TEST).loss()).isCloseTo(result.test().loss(), within(1e-5));
            Item item = TEST.item(0);
            Item odd = item.withCategory("word", "triangular").withNumber("size", Double.NaN);
            assertThat(classifier.predictItems(List.of(item, odd), 2))
                    .hasSize(2)
                    .allSatisfy(prediction -> assertThat(prediction.top()).hasSize(2));
            assertThatThrownBy(() -> classifier.predictItems(List.of(Item.empty()), 1))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("column picture");
        }
    }

    @Test
    void theBundleKeepsCalibrationAndThreshold() {
        TransferModel raw =
                learning(PICTURE, WORD).training(SETTINGS.withEpochs(3)).run().model();
        TransferModel calibrated = raw.withConfidence(new Confidence(4, 0.999));

        Bundle.write(folder.resolve("bundle"), calibrated, false);
        TransferModel read = Bundle.read(folder.resolve("bundle"));

        assertThat(read).isEqualTo(calibrated);
        Item item = TEST.item(0);
        try (Classifier before = new Classifier(raw);
                Classifier after = new Classifier(read)) {
            float[] sure = before.probabilitiesOfItems(List.of(item))[0];
            float[] modest = after.probabilitiesOfItems(List.of(item))[0];
            assertThat(Math.log(modest[0] / modest[1])).isCloseTo(Math.log(sure[0] / sure[1]) / 4, within(1e-4));
            assertThat(before.predictItems(List.of(item), 1).get(0).noneOfThese())
                    .isFalse();
            assertThat(after.predictItems(List.of(item), 1).get(0).noneOfThese())
                    .isTrue();
            assertThat(after.predictItems(
                                    List.of(item), PredictionSettings.top(1).withThreshold(null))
                            .get(0)
                            .noneOfThese())
                    .isFalse();
        }
    }

    @Test
    void theSummaryTellsBranchesAndWhatIsTrained() {
        TransferResult result = learning(PICTURE.trainedFrom("conv2"), WORD)
                .training(SETTINGS.withEpochs(1))
                .run();
        TransferModel model = result.model();

        List<StageSummary> summary = model.summary(result.frozenStages());

        assertThat(result.frozenStages()).contains("picture/conv1").doesNotContain("picture/conv2");
        assertThat(summary)
                .extracting(StageSummary::stage)
                .contains("picture/conv1", "picture/conv2", "categories/values", "head.0");
        assertThat(summary.stream()
                        .filter(StageSummary::trainable)
                        .mapToLong(StageSummary::parameters)
                        .sum())
                .isEqualTo(result.trainableParameters());
        assertThat(summary.stream().mapToLong(StageSummary::parameters).sum()).isEqualTo(model.totalParameters());
    }

    @Test
    void aSolvedHeadTakesAllBranches() {
        TransferResult result =
                learning(PICTURE, WORD).head(Head.LogisticRegression.defaults()).run();

        assertThat(result.history()).hasSize(1);
        assertThat(result.weights().get("head.logits.weight").shape()).containsExactly(1, 3 * 96 + 3);
    }

    @Test
    void missingNumbersAndUnknownCategoriesAreCounted() {
        List<String> warnings = new ArrayList<>();
        LabeledItems validation = LabeledItems.of("other", TRAIN.classNames(), new int[] {0, 1, 1})
                .withCategories("word", List.of("round", "", "oval"))
                .withNumbers("size", 1, 2, 3);

        learning(WORD, Branch.numbers("size"))
                .validation(validation)
                .training(SETTINGS.withEpochs(1))
                .listener(new TrainingListener() {
                    @Override
                    public void warning(String message) {
                        warnings.add(message);
                    }
                })
                .run();

        int missing = TRAIN.size() - TRAIN.presentNumbers("size").length;
        assertThat(warnings)
                .hasSize(2)
                .anySatisfy(warning -> assertThat(warning).startsWith(missing + " of 200 numbers in column 'size'"))
                .anySatisfy(warning -> assertThat(warning).startsWith("2 of 3 categories in column 'word'"));
    }

    @Test
    void whatCannotWorkIsRefusedBeforeAnythingIsTrained() {
        assertThatThrownBy(() -> learning().run()).hasMessageContaining("or branches for items");
        assertThatThrownBy(() -> learning(WORD, WORD).run()).hasMessageContaining("categories, categories");
        assertThatThrownBy(() -> learning(Branch.image("photo", DIGITS)).run())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("photo")
                .hasMessageContaining("picture");
        assertThatThrownBy(() -> learning(Branch.numbers("word")).run()).isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> learning(PICTURE, WORD)
                        .augmentation(Augmentation.none().withMixing(Mixing.MIXUP))
                        .run())
                .hasMessageContaining("blended");
        assertThatThrownBy(() -> PICTURE.trainedFrom("conv9")).hasMessageContaining("conv9");
        assertThatThrownBy(() -> PICTURE.named("a/b")).isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> learning(PICTURE, WORD)
                        .head(Head.LogisticRegression.defaults())
                        .fusion(Fusion.gated())
                        .run())
                .hasMessageContaining("linear head");
    }

    /** Two phases of 4 and 8 steps, with dropout. */
    private static NetworkTraining short1() {
        return learning(Riddle.draw(60, 3), PICTURE.with(LinearProbeFineTuning.from("conv2")), WORD)
                .head(Head.Mlp.defaults())
                .training(SETTINGS.withEpochs(2));
    }

    private static NetworkTraining learning(Branch... branches) {
        return learning(TRAIN, branches);
    }

    private static NetworkTraining learning(LabeledItems train, Branch... branches) {
        NetworkTraining learning = NetworkTraining.on(train).head(MLP).training(SETTINGS);
        List.of(branches).forEach(learning::branch);
        return learning;
    }

    private static double accuracy(NetworkTraining learning) {
        return learning.test(TEST).run().test().accuracy();
    }
}
