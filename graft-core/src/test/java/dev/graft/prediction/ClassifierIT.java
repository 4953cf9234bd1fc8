package dev.graft.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.bundle.Bundle;
import dev.graft.bundle.ReleasedBundles;
import dev.graft.bundle.SampleModels;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.error.DataException;
import dev.graft.error.SettingsException;
import dev.graft.error.WeightsMismatchException;
import dev.graft.evaluation.Calibration;
import dev.graft.evaluation.Evaluation;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Pooling;
import dev.graft.feature.Rows;
import dev.graft.head.Head;
import dev.graft.model.Confidence;
import dev.graft.model.TransferModel;
import dev.graft.training.FeatureExtractor;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierIT {
    @TempDir
    Path directory;

    static Stream<TransferModel> models() {
        return Stream.of(
                SampleModels.transfer(List.of("square", "circle")),
                SampleModels.transfer(Cut.at("dense"), Head.Mlp.defaults(), List.of("a", "b", "c")),
                SampleModels.transfer(
                        Cut.pooled(Pooling.MEAN_MAX_STD, "conv2", "conv1"),
                        Head.LogisticRegression.defaults(),
                        List.of("a", "b")));
    }

    @ParameterizedTest
    @MethodSource("models")
    void aBundleGivesTheProbabilitiesOfTheModelInMemory(TransferModel model) {
        Bundle.write(directory.resolve("bundle"), model, false);
        List<Image> images = images(Shapes.draw(10, 3));

        float[][] before = probabilities(model, images);
        float[][] after = probabilities(Bundle.read(directory.resolve("bundle")), images);

        assertThat(after).isDeepEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("models")
    void featuresAreWhatTheHeadTakes(TransferModel model) {
        LabeledImages drawn = Shapes.draw(10, 3);
        try (Classifier classifier = new Classifier(model);
                FeatureCache cache = FeatureCache.withDefaults()) {
            float[][] found = classifier.features(drawn.size(), drawn::image);

            Rows expected = FeatureExtractor.extract(
                            model.architecture(), model.weights(), "network", List.of(model.cut()), drawn, cache)
                    .get(0)
                    .get(0);
            float[] row = new float[expected.width()];
            for (int i = 0; i < found.length; i++) {
                expected.read(i, row, 0);
                assertThat(Arrays.copyOf(found[i], row.length)).containsExactly(row, Offset.offset(1e-4f));
            }
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(() -> classifier.featuresOfTexts(List.of("text")));
        }
    }

    @Test
    void picturesThatAreNullAreNamed() {
        try (Classifier classifier = new Classifier(SampleModels.transfer(List.of("a", "b")))) {
            List<Image> withNone = Arrays.asList(Shapes.draw(1, 1).image(0), null);

            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(() -> classifier.predict(withNone, 1))
                    .withMessageContaining("picture 1");
            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(() -> classifier.probabilities(withNone))
                    .withMessageContaining("picture 1");
            assertThatExceptionOfType(SettingsException.class).isThrownBy(() -> classifier.predict(List.of(), -5));
        }
    }

    @Test
    void probabilitiesAddUpToOneAndDependOnTheImage() {
        TransferModel model = SampleModels.transfer(List.of("a", "b", "c"));

        float[][] rows = probabilities(model, ReleasedBundles.pinnedImages());

        for (float[] row : rows) {
            assertThat(row).hasSize(3);
            assertThat(row[0] + row[1] + row[2]).isCloseTo(1f, Offset.offset(1e-5f));
        }
        assertThat(rows[0]).isNotEqualTo(rows[1]);
    }

    @Test
    void twoClassesGiveTwoProbabilitiesFromOneLogit() {
        for (float[] row : probabilities(SampleModels.transfer(List.of("a", "b")), ReleasedBundles.pinnedImages())) {
            assertThat(row).hasSize(2);
            assertThat(row[0] + row[1]).isCloseTo(1f, Offset.offset(1e-5f));
        }
    }

    @Test
    void aTemperatureScalesTheLogitsOfSeveralAndOfOne() {
        for (List<String> classes : List.of(List.of("a", "b"), List.of("a", "b", "c"))) {
            TransferModel model = SampleModels.transfer(classes);
            List<Image> images = ReleasedBundles.pinnedImages();
            Evaluation raw = new Evaluation(probabilities(model, images), new int[images.size()], classes);

            float[][] found = probabilities(model.withConfidence(new Confidence(3, null)), images);

            float[][] expected = new Calibration(3, 20, "").apply(raw).probabilities();
            for (int i = 0; i < found.length; i++) {
                assertThat(found[i]).containsExactly(expected[i], Offset.offset(1e-5f));
            }
        }
    }

    @Test
    void aPredictionUnderTheThresholdIsNoneOfTheClasses() {
        TransferModel model = SampleModels.transfer(List.of("a", "b", "c"));
        List<Image> images = ReleasedBundles.pinnedImages();
        float highest = 0;
        for (float probability : probabilities(model, images)[0]) {
            highest = Math.max(highest, probability);
        }

        try (Classifier classifier = new Classifier(model.withConfidence(new Confidence(1, highest + 0.001)))) {
            Prediction refused = classifier.predict(images, 2).get(0);
            assertThat(refused.noneOfThese()).isTrue();
            assertThat(refused.confidence()).isEqualTo(highest);
            assertThat(refused.top()).hasSize(2);
            assertThat(refused.top().get(0).label()).isEqualTo(refused.label());
            assertThat(classifier
                            .predict(images, PredictionSettings.top(9).withThreshold(null))
                            .get(0)
                            .noneOfThese())
                    .isFalse();
            assertThat(classifier
                            .predict(images, PredictionSettings.top(9).withThreshold((double) highest))
                            .get(0)
                            .noneOfThese())
                    .isFalse();
            assertThat(classifier
                            .predict(images, PredictionSettings.top(9).withThreshold(null))
                            .get(0)
                            .top())
                    .hasSize(3);
        }
    }

    @Test
    void manyImagesGiveWhatEachGivesAlone() {
        TransferModel model = SampleModels.transfer(List.of("a", "b"));
        List<Image> images = images(Shapes.draw(300, 4));

        try (Classifier classifier = new Classifier(model)) {
            float[][] all = classifier.probabilities(images);
            assertThat(all).hasNumberOfRows(300);
            for (int i : new int[] {0, 255, 256, 299}) {
                float[] alone = classifier.probabilities(List.of(images.get(i)))[0];
                assertThat(all[i]).containsExactly(alone, Offset.offset(1e-5f));
            }
            assertThat(classifier.probabilities(List.of()).length).isZero();
        }
    }

    @Test
    void anEvaluationCountsTheProbabilitiesAgainstTheLabels() {
        LabeledImages data = Shapes.draw(40, 5);
        try (Classifier classifier = new Classifier(SampleModels.transfer(List.of("square", "circle")))) {
            float[][] rows = classifier.probabilities(images(data));
            long right = IntStream.range(0, data.size())
                    .filter(i -> (rows[i][1] > rows[i][0] ? 1 : 0) == data.label(i))
                    .count();

            Evaluation evaluation = classifier.evaluate(data);

            assertThat(evaluation.accuracy()).isEqualTo(right / 40.0);
            assertThat(classifier.classNames()).containsExactly("square", "circle");
        }
    }

    @Test
    void classesInAnotherOrderAreMatchedByName() {
        LabeledImages data = Shapes.draw(40, 5);
        assertThat(data.classNames()).containsExactly("square", "circle");
        TransferModel model = SampleModels.transfer(List.of("square", "circle"));
        TransferModel turned = SampleModels.transfer(List.of("circle", "square"));
        try (Classifier classifier = new Classifier(model);
                Classifier other = new Classifier(turned)) {
            double accuracy = classifier.evaluate(data).accuracy();

            // The network is the same, and calls every square a circle.
            assertThat(other.evaluate(data).accuracy()).isEqualTo(1 - accuracy);
            assertThat(other.evaluate(data).classNames()).containsExactly("circle", "square");
        }
    }

    @Test
    void otherClassesAreRefusedAndTheDifferenceListed() {
        try (Classifier classifier = new Classifier(SampleModels.transfer(List.of("square", "star", "circle")))) {
            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(() -> classifier.evaluate(Shapes.draw(4, 5)))
                    .withMessageContainingAll("other classes", "lacking   star", "square, star, circle");
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void anAnswerThatIsNoNumberIsAnErrorAndNoClass(float broken) {
        TransferModel model = SampleModels.transfer(List.of("a", "b"));
        Map<String, FloatTensor> tensors = new HashMap<>(model.weights().asMap());
        tensors.put("head.logits.bias", FloatTensor.of(new float[] {broken}, 1));
        TransferModel damaged = new TransferModel(
                model.architecture(),
                model.cut(),
                model.headName(),
                model.headLayers(),
                model.classNames(),
                WeightSet.of(tensors),
                model.lineage());
        try (Classifier classifier = new Classifier(damaged)) {
            assertThatExceptionOfType(WeightsMismatchException.class)
                    .isThrownBy(() -> classifier.predict(ReleasedBundles.pinnedImages(), 1))
                    .withMessageContainingAll("no number", String.valueOf(broken));
        }
    }

    private static float[][] probabilities(TransferModel model, List<Image> images) {
        try (Classifier classifier = new Classifier(model)) {
            return classifier.probabilities(images);
        }
    }

    private static List<Image> images(LabeledImages data) {
        return IntStream.range(0, data.size()).mapToObj(data::image).toList();
    }
}
