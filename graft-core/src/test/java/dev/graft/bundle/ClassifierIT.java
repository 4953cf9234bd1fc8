package dev.graft.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.evaluation.Evaluation;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Head;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    private static float[][] probabilities(TransferModel model, List<Image> images) {
        try (Classifier classifier = new Classifier(model)) {
            return classifier.probabilities(images);
        }
    }

    private static List<Image> images(LabeledImages data) {
        return IntStream.range(0, data.size()).mapToObj(data::image).toList();
    }
}
