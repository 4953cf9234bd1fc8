package dev.graft.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.graft.bundle.Bundle;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.error.GraftException;
import dev.graft.evaluation.DriftTest;
import dev.graft.experiment.Fit;
import dev.graft.experiment.TargetSource.TargetData;
import dev.graft.model.ClassRecord;
import dev.graft.model.TransferModel;
import dev.graft.optimization.TrainingSettings;
import dev.graft.prediction.Classifier;
import dev.graft.prediction.Observation;
import dev.graft.prediction.Prediction;
import dev.graft.result.DriftResult;
import dev.graft.selection.Approaches;
import dev.graft.selection.SourceModels;
import dev.graft.source.Backbones;
import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import dev.graft.update.ClassUpdate.Updated;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks for several labels and for numbers keep a record, and are added to, taken from and put together by it. */
class TargetUpdateIT {
    private static final LabelSet LABELS = new LabelSet(List.of("circle", "large"));
    private static final Numbers NUMBERS = new Numbers(List.of("ink", "right"));

    @TempDir
    private Path folder;

    private static TransferModel labels;
    private static TransferModel numbers;

    @BeforeAll
    static void fit() {
        labels = fitted(LABELS);
        numbers = fitted(NUMBERS);
    }

    @Test
    void aFitKeepsARecordOfAllExamplesWithTheirTargets() {
        for (TransferModel model : List.of(labels, numbers)) {
            ClassRecord record = Objects.requireNonNull(model.record());

            assertThat(record.targets()).isEqualTo(2);
            assertThat(record.statistics().counts()).containsExactly(200);
            assertThat(record.unknown()).isNotNull();
            assertThat(record.refusedShare()).isBetween(0.0, 0.05);
            assertThat(Objects.requireNonNull(record.heldOut()).targets().kind())
                    .isEqualTo(model.kind());
        }
    }

    @Test
    void moreExamplesLeadWhereAllAtOnceLead() {
        for (TransferModel model : List.of(labels, numbers)) {
            TargetKind kind = model.kind();
            TransferModel once = ClassUpdate.add(model, drawn(kind, 0, 120, 5)).model();
            TransferModel first = ClassUpdate.add(model, drawn(kind, 0, 50, 5)).model();
            Updated twice = ClassUpdate.add(first, drawn(kind, 50, 120, 5));

            assertThat(twice.result().exact()).isTrue();
            assertThat(statistics(twice.model()).counts())
                    .isEqualTo(statistics(once).counts())
                    .containsExactly(320);
            float[] right = statistics(once).means();
            float[] found = statistics(twice.model()).means();
            for (int i = 0; i < right.length; i++) {
                assertThat(found[i]).isCloseTo(right[i], within(1e-4f * Math.max(1, Math.abs(right[i]))));
            }
            assertThat(score(twice.model(), kind)).isCloseTo(score(once, kind), within(0.05));
            assertThat(score(once, kind)).isGreaterThan(kind instanceof LabelSet ? 0.9 : 0.75);
        }
    }

    @Test
    void aNewLabelIsLearnedWithoutTheOldExamples() {
        LabelSet more = new LabelSet(List.of("dim", "large", "circle"));

        Updated updated = ClassUpdate.add(labels, drawn(more, 0, 150, 5));

        assertThat(updated.model().kind()).isEqualTo(new LabelSet(List.of("circle", "large", "dim")));
        assertThat(updated.result().added()).containsExactly("dim");
        assertThat(updated.result().measure()).isEqualTo("micro F1");
        assertThat(Objects.requireNonNull(updated.result().oldAfter())).isGreaterThan(0.85);
        assertThat(Objects.requireNonNull(updated.result().newAfter())).isGreaterThan(0.85);
        assertThat(score(updated.model(), more)).isGreaterThan(0.85);
    }

    @Test
    void theBundleIsReadAgainWithItsThresholdsErrorsAndRecord() {
        for (TransferModel model : List.of(labels, numbers)) {
            TransferModel updated =
                    ClassUpdate.add(model, drawn(model.kind(), 0, 100, 5)).model();
            Path bundle = folder.resolve(model.kind().task());
            Bundle.write(bundle, updated, false);
            TransferModel read = Bundle.read(bundle);

            assertThat(read.confidence()).isEqualTo(updated.confidence());
            assertThat(read.kind()).isEqualTo(updated.kind());
            assertThat(Objects.requireNonNull(read.record()).unknown())
                    .isEqualTo(Objects.requireNonNull(updated.record()).unknown());
            LabeledImages some = drawn(model.kind(), 0, 20, 9);
            try (Classifier first = new Classifier(updated);
                    Classifier second = new Classifier(read)) {
                assertThat(second.probabilities(some.size(), some::image))
                        .isDeepEqualTo(first.probabilities(some.size(), some::image));
            }
        }
        assertThat(Objects.requireNonNull(numbers.confidence().errors()).examples())
                .isEqualTo(80);
    }

    @Test
    void noiseIsToldFromWhatWasLearnedAndMovesTheInputs() {
        Random random = new Random(3);
        List<Image> noise = IntStream.range(0, 40)
                .mapToObj(i -> {
                    byte[] pixels = new byte[28 * 28];
                    random.nextBytes(pixels);
                    return new Image(28, 28, 1, pixels);
                })
                .toList();
        for (TransferModel model : List.of(labels, numbers)) {
            LabeledImages known = drawn(model.kind(), 0, 100, 9);
            try (Classifier classifier = new Classifier(model)) {
                List<Prediction> strange = classifier.predict(noise, 1);
                List<Prediction> usual = classifier.predict(
                        IntStream.range(0, 100).mapToObj(known::image).toList(), 1);

                assertThat(strange).allMatch(Prediction::isUnlike).noneMatch(Prediction::noneOfThese);
                assertThat(usual.stream().filter(Prediction::isUnlike).count()).isLessThan(20);
                Observation moved = classifier.observe(noise.size(), noise::get);
                DriftResult result = moved.drift(Objects.requireNonNull(
                        Objects.requireNonNull(model.record()).heldOut()));
                assertThat(result.moved()).isTrue();
                assertThat(DriftTest.words(result)).contains(DriftResult.DISTANCE_TO_ALL);
                assertThat(result.compared()).hasSize(3);
            }
        }
    }

    @Test
    void whatIsTakenOutLeavesTheRestAsItWas() {
        for (TransferModel model : List.of(labels, numbers)) {
            String gone = model.classNames().get(0);

            TransferModel left = ClassUpdate.remove(model, Set.of(gone));

            assertThat(left.classNames()).containsExactly(model.classNames().get(1));
            assertThat(left.kind().task()).isEqualTo(model.kind().task());
            LabeledImages some = drawn(model.kind(), 0, 20, 9);
            try (Classifier before = new Classifier(model);
                    Classifier after = new Classifier(left)) {
                float[][] all = before.probabilities(some.size(), some::image);
                float[][] rest = after.probabilities(some.size(), some::image);
                for (int i = 0; i < all.length; i++) {
                    assertThat(rest[i]).hasSize(1);
                    assertThat(rest[i][0]).isCloseTo(all[i][1], within(1e-5f * Math.max(1, Math.abs(all[i][1]))));
                }
            }
            TargetKind kind = left.kind();
            Updated again = ClassUpdate.add(left, drawn(kind, 0, 60, 5));
            assertThat(again.model().kind()).isEqualTo(kind);
        }
    }

    @Test
    void twoNetworksArePutTogether() {
        TransferModel other = fitted(new LabelSet(List.of("dim", "large")));

        Updated merged = ClassUpdate.merge(labels, other);

        assertThat(merged.model().classNames()).containsExactly("circle", "large", "dim");
        assertThat(statistics(merged.model()).counts()).containsExactly(400);
    }

    @Test
    void whatCannotBeAddedIsRefused() {
        LabeledImages classes = Shapes.draw(20, 3);
        refused("another task", () -> ClassUpdate.add(labels, classes));
        refused("another task", () -> ClassUpdate.merge(labels, numbers));
        refused("keeps the names", () -> ClassUpdate.add(numbers, drawn(new Numbers(List.of("ink")), 0, 20, 3)));
        refused(
                "keeps the names",
                () -> ClassUpdate.add(numbers, drawn(new Numbers(List.of("ink", "right", "dim")), 0, 20, 3)));
        refused("cannot be taken out", () -> ClassUpdate.remove(labels, Set.of("circle", "large")));
        assertThat(labels.kind()).isNotInstanceOf(OneClass.class);
    }

    private static void refused(String message, Runnable call) {
        assertThatExceptionOfType(GraftException.class).isThrownBy(call::run).withMessageContaining(message);
    }

    private static dev.graft.statistics.ClassStatistics statistics(TransferModel model) {
        return Objects.requireNonNull(model.record()).statistics();
    }

    private static double score(TransferModel model, TargetKind kind) {
        try (Classifier classifier = new Classifier(model)) {
            return classifier.evaluate(drawn(kind, 0, 200, 8)).score();
        }
    }

    private static TransferModel fitted(TargetKind kind) {
        LabeledImages held = drawn(kind, 0, 80, 2);
        return Fit.run(
                        SourceModels.of(List.of(Backbones.load("digits-cnn"))),
                        Approaches.named(
                                "feature-extraction@conv1+conv2",
                                Backbones.load("digits-cnn").architecture(),
                                null),
                        new TargetData(drawn(kind, 0, 200, 1), held, held, held),
                        TrainingSettings.defaults(),
                        UnaryOperator.identity(),
                        UnaryOperator.identity(),
                        said -> {},
                        () -> false)
                .model();
    }

    /** Drawn shapes, every third of them dimmed, and what is true of them. */
    private static LabeledImages drawn(TargetKind kind, int from, int to, long seed) {
        LabeledImages shapes = Shapes.draw(to, seed);
        List<Image> images = new ArrayList<>();
        double[] values = new double[(to - from) * kind.width()];
        for (int i = from; i < to; i++) {
            boolean dim = i % 3 == 0;
            byte[] pixels = shapes.image(i).pixels().clone();
            double ink = 0;
            double place = 0;
            for (int p = 0; p < pixels.length; p++) {
                if (pixels[p] != 0) {
                    ink++;
                    place += p % 28;
                    pixels[p] = (byte) (dim ? 120 : 255);
                }
            }
            images.add(new Image(28, 28, 1, pixels));
            for (int k = 0; k < kind.width(); k++) {
                values[(i - from) * kind.width() + k] = switch (kind.names().get(k)) {
                    case "circle" -> shapes.label(i);
                    case "large" -> ink > 70 ? 1 : 0;
                    case "dim" -> dim ? 1 : 0;
                    case "ink" -> ink;
                    default -> place / ink;
                };
            }
        }
        return LabeledImages.of("drawn " + from + " to " + to + " of " + seed, images, Targets.of(kind, values));
    }
}
