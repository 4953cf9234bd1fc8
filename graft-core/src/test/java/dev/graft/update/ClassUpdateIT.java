package dev.graft.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.graft.bundle.Bundle;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.error.SettingsException;
import dev.graft.evaluation.Evaluation;
import dev.graft.experiment.Fit;
import dev.graft.experiment.TargetSource.TargetData;
import dev.graft.model.ClassRecord;
import dev.graft.model.TransferModel;
import dev.graft.optimization.TrainingSettings;
import dev.graft.prediction.Classifier;
import dev.graft.result.UpdateResult;
import dev.graft.selection.Approaches;
import dev.graft.selection.SourceModels;
import dev.graft.source.Backbones;
import dev.graft.storage.Digests;
import dev.graft.update.ClassUpdate.Updated;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that are added to a network of drawn shapes, taken out of it, and put together with another's. */
class ClassUpdateIT {
    @TempDir
    private Path folder;

    private static TransferModel shapes;

    @BeforeAll
    static void fit() {
        shapes = fitted(Shapes.draw(200, 1), Shapes.draw(80, 2), "feature-extraction@conv1+conv2");
    }

    @Test
    void aNewClassIsLearnedWithoutTheOldExamples() {
        Updated updated = ClassUpdate.add(shapes, crosses(60, 5));

        assertThat(updated.model().classNames()).containsExactly("square", "circle", "cross");
        assertThat(accuracy(updated.model(), joined(Shapes.draw(100, 8), crosses(50, 9))))
                .isGreaterThan(0.95);
        UpdateResult result = updated.result();
        assertThat(result.added()).containsExactly("cross");
        assertThat(result.examples()).isEqualTo(60);
        assertThat(result.exact()).isFalse();
        assertThat(Objects.requireNonNull(result.oldAfter())).isGreaterThan(0.9);
        assertThat(Objects.requireNonNull(result.newAfter())).isGreaterThan(0.9);
        ClassRecord record = Objects.requireNonNull(updated.model().record());
        assertThat(record.statistics().counts()[2]).isEqualTo(60);
        assertThat(record.unknown()).isNotNull();
        assertThat(updated.model().lineage().trainingExamples())
                .isEqualTo(shapes.lineage().trainingExamples() + 60);
    }

    @Test
    void theStagesStayAsTheyAreAndTheBundleIsReadAgain() {
        TransferModel updated = ClassUpdate.add(shapes, crosses(30, 5)).model();
        Bundle.write(folder.resolve("bundle"), updated, false);
        TransferModel read = Bundle.read(folder.resolve("bundle"));

        updated.branches().get(0).parameters().forEach(spec -> assertThat(
                        updated.weights().get(spec.name()))
                .isEqualTo(shapes.weights().get(spec.name())));
        try (Classifier first = new Classifier(updated);
                Classifier second = new Classifier(read)) {
            List<Image> some =
                    IntStream.range(0, 10).mapToObj(Shapes.draw(10, 4)::image).toList();
            assertThat(second.probabilities(some)).isDeepEqualTo(first.probabilities(some));
        }
    }

    @Test
    void examplesInTwoPortionsGiveTheStatisticsOfAllAtOnce() {
        LabeledImages crosses = crosses(40, 5);
        TransferModel once = ClassUpdate.add(shapes, crosses).model();
        TransferModel first = ClassUpdate.add(shapes, part(crosses, 0, 25)).model();
        Updated twice = ClassUpdate.add(first, part(crosses, 25, 40));

        float[] right = Objects.requireNonNull(once.record()).statistics().means();
        float[] found =
                Objects.requireNonNull(twice.model().record()).statistics().means();
        assertThat(Objects.requireNonNull(twice.model().record()).statistics().counts())
                .isEqualTo(Objects.requireNonNull(once.record()).statistics().counts());
        for (int i = 0; i < right.length; i++) {
            assertThat(found[i]).isCloseTo(right[i], within(1e-4f * Math.max(1, Math.abs(right[i]))));
        }
        assertThat(twice.result().exact()).isTrue();
        assertThat(twice.result().added()).isEmpty();
    }

    @Test
    void takenOutClassesLeaveTheOthersAnswersAsTheyWere() {
        TransferModel three = ClassUpdate.add(shapes, crosses(60, 5)).model();

        TransferModel two = ClassUpdate.remove(three, Set.of("square"));

        assertThat(two.classNames()).containsExactly("circle", "cross");
        LabeledImages drawn = joined(Shapes.draw(20, 8), crosses(10, 9));
        try (Classifier before = new Classifier(three);
                Classifier after = new Classifier(two)) {
            float[][] all = before.probabilities(drawn.size(), drawn::image);
            float[][] left = after.probabilities(drawn.size(), drawn::image);
            for (int i = 0; i < drawn.size(); i++) {
                float sum = all[i][1] + all[i][2];
                assertThat(left[i][0]).isCloseTo(all[i][1] / sum, within(1e-3f));
            }
        }
        assertThat(Objects.requireNonNull(two.record()).statistics().classes()).isEqualTo(2);
    }

    @Test
    void twoNetworksOfOneBackboneArePutTogether() {
        LabeledImages others = joined(part(Shapes.draw(60, 3), 0, 60), crosses(60, 4));
        TransferModel second = fitted(
                only(others, List.of("circle", "cross")),
                only(joined(Shapes.draw(40, 6), crosses(20, 7)), List.of("circle", "cross")),
                "feature-extraction@conv1+conv2");

        Updated merged = ClassUpdate.merge(shapes, second);

        assertThat(merged.model().classNames()).containsExactly("square", "circle", "cross");
        assertThat(merged.result().added()).containsExactly("cross");
        assertThat(accuracy(merged.model(), joined(Shapes.draw(100, 8), crosses(50, 9))))
                .isGreaterThan(0.95);
    }

    @Test
    void whatCannotBeDoneIsRefused() {
        TransferModel plain = shapes.withRecord(null);
        TransferModel trained = fitted(Shapes.draw(60, 1), Shapes.draw(40, 2), "fine-tuning");

        refused("keeps no record", () -> ClassUpdate.add(plain, crosses(10, 5)));
        refused("keeps no record", () -> ClassUpdate.merge(shapes, plain));
        refused("cannot be put together", () -> ClassUpdate.merge(shapes, trained));
        refused("cannot be taken out", () -> ClassUpdate.remove(shapes, Set.of("square")));
        refused("cannot be taken out", () -> ClassUpdate.remove(shapes, Set.of("triangle")));
        refused("cannot be taken out", () -> ClassUpdate.remove(shapes, Set.of()));
    }

    @Test
    void aTrainedNetworkIsAddedToOnItsOwnFeatures() {
        TransferModel trained = fitted(Shapes.draw(120, 1), Shapes.draw(60, 2), "fine-tuning");

        Updated updated = ClassUpdate.add(trained, crosses(60, 5));

        assertThat(accuracy(updated.model(), joined(Shapes.draw(100, 8), crosses(50, 9))))
                .isGreaterThan(0.9);
    }

    private static void refused(String message, Runnable call) {
        assertThatExceptionOfType(SettingsException.class).isThrownBy(call::run).withMessageContaining(message);
    }

    private static TransferModel fitted(LabeledImages train, LabeledImages held, String strategy) {
        return Fit.run(
                        SourceModels.of(List.of(Backbones.load("digits-cnn"))),
                        Approaches.named(strategy, Backbones.load("digits-cnn").architecture(), null),
                        new TargetData(train, held, held, held),
                        TrainingSettings.defaults().withEpochs(3),
                        UnaryOperator.identity(),
                        UnaryOperator.identity(),
                        said -> {},
                        () -> false)
                .model();
    }

    private static double accuracy(TransferModel model, LabeledImages data) {
        try (Classifier classifier = new Classifier(model)) {
            Evaluation evaluation = classifier.evaluate(data);
            return evaluation.accuracy();
        }
    }

    private static LabeledImages crosses(int count, long seed) {
        List<Image> images = new ArrayList<>();
        LabeledImages places = Shapes.draw(count, seed);
        for (int i = 0; i < count; i++) {
            byte[] pixels = new byte[28 * 28];
            int x = 6 + (places.image(i).pixels()[i % 784] & 1) + i * 7 % 16;
            int y = 6 + i * 11 % 16;
            int arm = 3 + i % 4;
            for (int d = -arm; d <= arm; d++) {
                draw(pixels, x + d, y);
                draw(pixels, x, y + d);
            }
            images.add(new Image(28, 28, 1, pixels));
        }
        return new Drawn(
                List.of("cross"),
                images,
                IntStream.range(0, count).map(i -> 0).boxed().toList());
    }

    private static void draw(byte[] pixels, int x, int y) {
        if (x >= 0 && x < 28 && y >= 0 && y < 28) {
            pixels[y * 28 + x] = -1;
        }
    }

    private static LabeledImages joined(LabeledImages first, LabeledImages second) {
        List<String> names = new ArrayList<>(first.classNames());
        second.classNames().stream().filter(name -> !names.contains(name)).forEach(names::add);
        List<Image> images = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (LabeledImages data : List.of(first, second)) {
            for (int i = 0; i < data.size(); i++) {
                images.add(data.image(i));
                labels.add(names.indexOf(data.classNames().get(data.label(i))));
            }
        }
        return new Drawn(names, images, labels);
    }

    private static LabeledImages only(LabeledImages data, List<String> names) {
        List<Image> images = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            int label = names.indexOf(data.classNames().get(data.label(i)));
            if (label >= 0) {
                images.add(data.image(i));
                labels.add(label);
            }
        }
        return new Drawn(names, images, labels);
    }

    private static LabeledImages part(LabeledImages data, int from, int to) {
        return data.subset(IntStream.range(from, to).toArray());
    }

    private record Drawn(List<String> classNames, List<Image> images, List<Integer> labels) implements LabeledImages {
        @Override
        public String name() {
            return "drawn";
        }

        @Override
        public int size() {
            return images.size();
        }

        @Override
        public int label(int index) {
            return labels.get(index);
        }

        @Override
        public Image image(int index) {
            return images.get(index);
        }

        @Override
        public String digest() {
            MessageDigest sha = Digests.sha256();
            images.forEach(image -> sha.update(image.pixels()));
            labels.forEach(label -> sha.update(label.byteValue()));
            return Digests.hex(sha);
        }
    }
}
