package dev.graft.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.Bundle;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledItems;
import dev.graft.data.Shapes;
import dev.graft.data.Split;
import dev.graft.error.DataException;
import dev.graft.error.SettingsException;
import dev.graft.evaluation.Evaluation;
import dev.graft.feature.FeatureCache;
import dev.graft.head.Head;
import dev.graft.model.TransferModel;
import dev.graft.optimization.Balance;
import dev.graft.prediction.Classifier;
import dev.graft.prediction.Prediction;
import dev.graft.prediction.PredictionSettings;
import dev.graft.result.StrategyResult;
import dev.graft.result.TargetResult;
import dev.graft.source.Backbones;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.FineTuning;
import dev.graft.strategy.LinearProbeFineTuning;
import dev.graft.strategy.Strategy;
import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import dev.graft.training.Branch;
import dev.graft.training.TransferResult;
import dev.graft.update.ClassUpdate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Several labels, numbers and grades all the way: chosen, trained, judged, saved, read and asked. */
class TargetKindsIT {
    private static final Backbone DIGITS = Backbones.load("digits-cnn");
    private static final Split SPLIT = Split.stratified(0.6, 0.2, 0.2);

    @TempDir
    private Path directory = Path.of(".");

    static Stream<TargetKind> kinds() {
        return DrawnTargets.kinds();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aNetworkIsChosenJudgedSavedAndAsked(TargetKind kind) {
        LabeledImages data = DrawnTargets.draw(kind, 240, 1);

        Fit.Outcome outcome =
                TransferLearning.on(data).split(SPLIT).backbone(DIGITS).auto(Duration.ofSeconds(40));

        StrategyResult row = outcome.result().results().get(0);
        TargetResult measured = Objects.requireNonNull(row.told());
        assertThat(outcome.testAccuracy()).isGreaterThan(0.8);
        assertThat(row.interval().lower()).isLessThanOrEqualTo(row.testAccuracy());
        assertThat(row.interval().upper()).isGreaterThanOrEqualTo(row.testAccuracy());
        assertThat(measured.measures().get(0).value()).isEqualTo(row.testAccuracy());
        assertThat(outcome.result().target().task()).isEqualTo(kind.task());
        assertThat(Objects.requireNonNull(row.selection()).promised()).isGreaterThan(0.7);

        outcome.saveBundle(directory.resolve("bundle"));
        TransferModel saved = Bundle.read(directory.resolve("bundle"));
        assertThat(saved.kind()).isEqualTo(kind);
        assertThat(saved.confidence()).isEqualTo(outcome.model().confidence());
        try (Classifier before = new Classifier(outcome.model());
                Classifier after = new Classifier(saved)) {
            Evaluation evaluation = after.evaluate(DrawnTargets.draw(kind, 100, 2));
            assertThat(evaluation.score()).isGreaterThan(0.75);
            List<Image> images = IntStream.range(0, 5).mapToObj(data::image).toList();
            List<Prediction> told = before.predict(images, 3);
            List<Prediction> again = after.predict(images, 3);
            for (int i = 0; i < told.size(); i++) {
                assertThat(again.get(i).label()).isEqualTo(told.get(i).label());
                assertThat(again.get(i).top()).isEqualTo(told.get(i).top());
                assertThat(again.get(i).numbers()).isEqualTo(told.get(i).numbers());
            }
        }
    }

    static Stream<Arguments> trainings() {
        return DrawnTargets.kinds().flatMap(kind -> Stream.<Strategy>of(
                        FineTuning.all(),
                        LinearProbeFineTuning.defaults(),
                        FeatureExtraction.defaults().withHead(Head.Mlp.defaults()))
                .map(strategy -> Arguments.of(kind, strategy)));
    }

    @ParameterizedTest
    @MethodSource("trainings")
    void gradientStepsLearnEveryKindAndRepeatToTheBit(TargetKind kind, Strategy strategy) {
        LabeledImages data = DrawnTargets.draw(kind, 160, 3);
        TransferLearning learning = TransferLearning.on(data)
                .split(SPLIT)
                .backbone(DIGITS)
                .strategy(strategy)
                .training(usual -> usual.withEpochs(3).withSeed(5));

        TransferResult first = learning.run();
        TransferResult second = learning.run();

        double start = first.history().get(0).loss();
        double end = first.history().get(first.history().size() - 1).loss();
        // After a head that was solved there is little left to learn.
        assertThat(end).isLessThan(strategy instanceof LinearProbeFineTuning ? Math.max(start * 1.05, 0.3) : start);
        assertThat(first.weights().digest()).isEqualTo(second.weights().digest());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theTrainedNetworkSaysWhatItsBundleSays(TargetKind kind) {
        LabeledImages data = DrawnTargets.draw(kind, 120, 4);
        TransferResult trained = TransferLearning.on(data)
                .split(SPLIT)
                .backbone(DIGITS)
                .strategy(FeatureExtraction.defaults())
                .run();
        LabeledImages others = DrawnTargets.draw(kind, 20, 5);

        try (Classifier classifier = new Classifier(trained.model())) {
            float[][] told = classifier.evaluate(others).answers();
            float[][] measured =
                    trained.evaluate(others, FeatureCache.withDefaults()).answers();
            for (int i = 0; i < told.length; i++) {
                for (int k = 0; k < told[i].length; k++) {
                    float scale = Math.max(1, Math.abs(measured[i][k]));
                    assertThat(told[i][k]).isCloseTo(measured[i][k], within(1e-4f * scale));
                }
            }
        }
    }

    @Test
    void numbersComeWithIntervalsOfTheCoverageThatIsAskedFor() {
        Numbers kind = new Numbers(List.of("radius"));
        Fit.Outcome outcome = TransferLearning.on(DrawnTargets.draw(kind, 240, 6))
                .split(Split.stratified(0.4, 0.4, 0.2))
                .backbone(DIGITS)
                .strategy(FeatureExtraction.defaults())
                .fit();

        try (Classifier classifier = new Classifier(outcome.model())) {
            List<Image> images = List.of(DrawnTargets.draw(kind, 1, 7).image(0));
            Prediction usual = classifier.predict(images, 1).get(0);
            Prediction sure = classifier
                    .predict(images, PredictionSettings.top(1).withCoverage(0.98))
                    .get(0);
            Prediction.NumberAnswer narrow = usual.numbers().get(0);
            Prediction.NumberAnswer wide = sure.numbers().get(0);

            assertThat(narrow.value()).isBetween(1000.0, 1130.0);
            assertThat(Objects.requireNonNull(narrow.lower())).isLessThan(narrow.value());
            assertThat(Objects.requireNonNull(wide.lower())).isLessThanOrEqualTo(narrow.lower());
            assertThat(usual.label()).contains("[").contains("]");
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(() ->
                            classifier.predict(images, PredictionSettings.top(1).withCoverage(0.999)))
                    .withMessageContaining("too few held-out examples");
        }
        TargetResult told =
                Objects.requireNonNull(outcome.result().results().get(0).told());
        assertThat(told.coverage()).isEqualTo(0.9);
        assertThat(told.covered()).isBetween(0.7, 1.0);
        assertThat(told.points()).isNotEmpty();
    }

    @Test
    void itemsOfSeveralPartsTellThemToo() {
        LabeledImages pictures = DrawnTargets.draw(new Numbers(List.of("radius")), 200, 8);
        double[] radius = pictures.targets().values();
        // Half of the number is in the picture, half in a column.
        double[] extra =
                IntStream.range(0, radius.length).mapToDouble(i -> i * 37 % 50).toArray();
        double[] sums = IntStream.range(0, radius.length)
                .mapToDouble(i -> radius[i] + extra[i])
                .toArray();
        LabeledItems items = LabeledItems.of("items", Targets.of(new Numbers(List.of("sum")), sums))
                .withImages("photo", pictures)
                .withNumbers("extra", extra);

        Fit.Outcome outcome = TransferLearning.on(items)
                .split(SPLIT)
                .branch(Branch.image("photo", DIGITS))
                .branch(Branch.numbers("extra"))
                .head(Head.LogisticRegression.defaults())
                .strategy(FeatureExtraction.defaults())
                .fit();

        assertThat(outcome.testAccuracy()).isGreaterThan(0.8);
    }

    @Test
    void labelsThatAreRareCanBeWeighed() {
        LabelSet kind = new LabelSet(List.of("disc", "frame"));
        TransferLearning learning = TransferLearning.on(DrawnTargets.draw(kind, 120, 9))
                .split(SPLIT)
                .backbone(DIGITS)
                .strategy(FeatureExtraction.defaults());
        String plain = learning.run().weights().digest();
        TransferResult trained = learning.balance(Balance.CLASS_WEIGHTS).run();

        assertThat(trained.weights().digest()).isNotEqualTo(plain);

        assertThat(trained.test().score()).isGreaterThan(0.8);
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> TransferLearning.on(DrawnTargets.draw(kind, 40, 9))
                        .split(SPLIT)
                        .backbone(DIGITS)
                        .strategy(FineTuning.all())
                        .balance(Balance.SAMPLING)
                        .run())
                .withMessageContaining("one class");
    }

    @Test
    void aBundleOfOneKindIsNotMeasuredOnAnother() {
        LabelSet kind = new LabelSet(List.of("disc", "frame"));
        TransferModel model = TransferLearning.on(DrawnTargets.draw(kind, 60, 10))
                .backbone(DIGITS)
                .strategy(FeatureExtraction.defaults())
                .run()
                .model();

        try (Classifier classifier = new Classifier(model)) {
            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(() -> classifier.evaluate(Shapes.draw(10, 1)))
                    .withMessageContaining("multi-label")
                    .withMessageContaining("classification");
            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(
                            () -> classifier.evaluate(DrawnTargets.draw(new LabelSet(List.of("disc", "star")), 10, 1)))
                    .withMessageContaining("star");
        }
        assertThatExceptionOfType(SettingsException.class).isThrownBy(() -> ClassUpdate.add(model, Shapes.draw(10, 1)));
    }
}
