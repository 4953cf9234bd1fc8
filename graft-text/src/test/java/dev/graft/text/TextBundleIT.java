package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.Bundle;
import dev.graft.data.LabeledTexts;
import dev.graft.data.Shapes;
import dev.graft.error.SettingsException;
import dev.graft.error.WeightsFileException;
import dev.graft.evaluation.Evaluation;
import dev.graft.feature.Cut;
import dev.graft.layer.SequencePool;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.source.Backbones;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.training.NetworkTraining;
import dev.graft.training.TransferResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transferred transformers, written and read again. */
class TextBundleIT {
    private static final LabeledTexts REVIEWS = LabeledTexts.of(
            "reviews",
            List.of("差评", "好评"),
            List.of(
                    "a good film",
                    "bad plot",
                    "good good cats",
                    "the film is not",
                    "good",
                    "bad bad",
                    "a plot",
                    "was good"),
            new int[] {1, 0, 1, 0, 1, 0, 0, 1});

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"bert", "roberta", "distilbert", "gpt2"})
    void aBundleIsAllThatPredictionNeeds(String family) {
        TransferResult result = transferred(family);
        Path bundle = folder.resolve("bundle");
        Bundle.write(bundle, result.model(), false);
        TransferModel read = Bundle.read(bundle);

        assertThat(read.architecture().stages())
                .isEqualTo(result.model().architecture().stages());
        assertThat(read.weights().digest()).isEqualTo(result.model().weights().digest());
        assertThat(read.classNames()).containsExactly("差评", "好评");
        try (Classifier before = new Classifier(result.model());
                Classifier after = new Classifier(read)) {
            // A model without marks around a text has no token for an empty one.
            String empty = family.equals("gpt2") ? "a" : "";
            List<String> texts = List.of("a good plot", empty, "🎉", "好 film مرحبا", "word ".repeat(10_000));
            assertThat(after.takesTexts()).isTrue();
            assertThat(after.tooLong(texts)).isEqualTo(1);
            assertThat(after.probabilitiesOfTexts(texts)).isDeepEqualTo(before.probabilitiesOfTexts(texts));
            assertThat(after.predictTexts(texts, 2))
                    .hasSize(5)
                    .allMatch(one -> one.top().size() == 2);
        }
    }

    @Test
    void aClassifierMeasuresWhatTheTrainingMeasured() {
        TransferResult result = transferred("bert");
        try (Classifier classifier = new Classifier(result.model())) {
            Evaluation evaluation = classifier.evaluate(REVIEWS);
            assertThat(evaluation.predicted()).isEqualTo(result.test().predicted());
            assertThat(evaluation.loss()).isCloseTo(result.test().loss(), offset(1e-4));
            assertThatThrownBy(() -> classifier.evaluate(Shapes.draw(4, 1)))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("takes texts, not images");
        }
    }

    @Test
    void aTokeniserThatWasChangedIsRefused() throws IOException {
        Path bundle = written();
        Path tokenizer = bundle.resolve("tokenizer.json");
        Files.writeString(tokenizer, Files.readString(tokenizer) + " ");

        assertThatThrownBy(() -> Bundle.read(bundle))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("tokenizer.json was changed");
        Files.delete(tokenizer);
        assertThatThrownBy(() -> Bundle.read(bundle))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("lacks a file")
                .hasMessageContaining("tokenizer.json");
    }

    @Test
    void aFileOutsideTheBundleIsNoPartOfIt() throws IOException {
        Path bundle = written();
        replace(bundle, "\"tokenizer.json\"", "\"../tokenizer.json\"");

        assertThatThrownBy(() -> Bundle.read(bundle))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("cannot be part of it");
    }

    @Test
    void settingsThatMakeNoSenseAndUnknownFamiliesAreNamed() throws IOException {
        Path pooling = written();
        replace(pooling, "\"pooling\" : \"mean\"", "\"pooling\" : \"sum\"");
        assertThatThrownBy(() -> Bundle.read(pooling))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("pooling")
                .hasMessageContaining("sum");

        replace(pooling, "\"transformer\"", "\"perceiver\"");
        assertThatThrownBy(() -> Bundle.read(pooling))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("perceiver")
                .hasMessageContaining("graft-text");

        replace(pooling, "\"family\"", "\"clan\"");
        assertThatThrownBy(() -> Bundle.read(pooling))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("network.family");
    }

    @Test
    void aBackboneForTextsIsReadFromItsBundleAndFromAPublishedDirectory() {
        Backbone published = Backbones.load(Fixtures.folder("bert").toString());
        assertThat(published.id()).isEqualTo("bert");
        Path bundle = folder.resolve("backbone");
        Bundle.write(bundle, published, false);
        Backbone read = Backbones.load(bundle.toString());

        assertThat(read.weights().digest()).isEqualTo(published.weights().digest());
        assertThat(read.architecture().stages())
                .isEqualTo(published.architecture().stages());
        assertThatThrownBy(() -> new Classifier(read))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("no classes of its own");
    }

    @Test
    void textsAreReadByTheModelOfTheirScript() {
        assertThat(Backbones.ofFamilies()).containsExactly("minilm-l6", "bge-small-zh");
        assertThat(Backbones.usual(texts("很好吃，送得快", "外卖 app 不错"))).isEqualTo("bge-small-zh");
        assertThat(Backbones.usual(texts("very good", "a 好 one"))).isEqualTo("minilm-l6");
        assertThat(Backbones.usual(Shapes.draw(2, 1))).isEqualTo("cifar-resnet");
    }

    private static LabeledTexts texts(String one, String other) {
        return LabeledTexts.of("texts", List.of("a", "b"), List.of(one, other), new int[] {0, 1});
    }

    private static TransferResult transferred(String family) {
        boolean decoder = family.equals("gpt2");
        return NetworkTraining.on(REVIEWS)
                .test(REVIEWS)
                .backbone(TextBackbones.open(
                        Fixtures.folder(family), decoder ? SequencePool.LAST : SequencePool.MEAN, 24))
                .strategy(FeatureExtraction.at(Cut.at("pooled")))
                .run();
    }

    private Path written() throws IOException {
        Path bundle = folder.resolve("bundle");
        Bundle.write(bundle, transferred("bert").model(), true);
        // As older versions wrote bundles: what is changed is found by what it says.
        Files.delete(bundle.resolve("graft.json"));
        return bundle;
    }

    private static void replace(Path bundle, String from, String to) throws IOException {
        Path config = bundle.resolve("config.json");
        String json = Files.readString(config);
        assertThat(json).contains(from);
        Files.writeString(config, json.replace(from, to));
    }
}
