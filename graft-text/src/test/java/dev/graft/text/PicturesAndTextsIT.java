package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.Bundle;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledItems;
import dev.graft.data.Shapes;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Head;
import dev.graft.model.TransferModel;
import dev.graft.optimization.Schedule;
import dev.graft.optimization.TrainingSettings;
import dev.graft.prediction.Classifier;
import dev.graft.source.Backbones;
import dev.graft.strategy.FineTuning;
import dev.graft.strategy.LinearProbeFineTuning;
import dev.graft.strategy.Lora;
import dev.graft.training.Branch;
import dev.graft.training.NetworkTraining;
import dev.graft.training.TransferResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture and a text, each through a backbone of its own: the class is whether they say the same. */
class PicturesAndTextsIT {
    private static final Branch PICTURE = Branch.image("picture", Backbones.load("digits-cnn"))
            .cut(Cut.pooled(Pooling.MEAN_MAX_STD, "conv1", "conv2"));
    private static final Backbone BERT = TextBackbones.open(Fixtures.folder("bert"));
    private static final Branch TEXT = Branch.text("text", BERT).cut(Cut.pooled(Pooling.MEAN_MAX_STD, "layer1"));
    private static final TrainingSettings SETTINGS =
            TrainingSettings.defaults().withEpochs(20).withLearningRate(0.003);
    private static final LabeledItems TRAIN = draw(200, 1);
    private static final LabeledItems TEST = draw(200, 2);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void neitherKnowsAloneAndBothKnowTogether() {
        assertThat(learn(PICTURE).test().accuracy()).isBetween(0.35, 0.65);
        assertThat(learn(TEXT).test().accuracy()).isBetween(0.35, 0.65);
        assertThat(learn(PICTURE, TEXT).test().accuracy()).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void bothKnowWithOneOfThemTrained() {
        TransferResult result = learning(PICTURE.with(LinearProbeFineTuning.from("conv2")), TEXT)
                .run();

        assertThat(result.test().accuracy()).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void aTrainedTextBranchMovesAndItsBundleKeepsTheTokenizer() {
        TransferResult result = learning(
                        PICTURE, TEXT.with(FineTuning.from("layer1").withRates(1, 0.1)))
                .training(SETTINGS.withEpochs(2))
                .run();
        String moved = "text/encoder.layer.1.output.dense.weight";
        assertThat(result.weights().get(moved)).isNotEqualTo(BERT.weights().get("encoder.layer.1.output.dense.weight"));

        result.saveBundle(folder.resolve("bundle"));
        TransferModel read = Bundle.read(folder.resolve("bundle"));

        assertThat(folder.resolve("bundle/branch-2/tokenizer.json")).exists();
        try (Classifier classifier = new Classifier(read)) {
            assertThat(classifier.evaluate(TEST).loss()).isCloseTo(result.test().loss(), within(1e-4));
        }
    }

    @Test
    void aTrainedTextBranchGetsTheSettingsThatItsTextsAloneGet() {
        TransferResult result = NetworkTraining.on(TRAIN)
                .branch(PICTURE)
                .branch(TEXT.trained())
                .training(usual -> usual.withEpochs(1))
                .run();

        TrainingSettings texts = TrainingSettings.forTransformers(TRAIN.size());
        assertThat(result.settings()).isEqualTo(texts.withEpochs(1));
        assertThat(result.settings().schedule()).isEqualTo(Schedule.LINEAR_WARM_UP);
        TransferResult frozen = NetworkTraining.on(TRAIN)
                .branch(PICTURE)
                .branch(TEXT)
                .training(usual -> usual.withEpochs(1))
                .run();
        assertThat(frozen.settings()).isEqualTo(TrainingSettings.defaults().withEpochs(1));
    }

    @Test
    void adaptersGoToTheBranchThatCanCarryThem() {
        TransferResult result = NetworkTraining.on(TRAIN)
                .branch(Branch.image("picture", Backbones.load("cifar-resnet")))
                .branch(TEXT)
                .strategy(Lora.of(2, 4))
                .training(usual -> usual.withEpochs(1))
                .test(TEST)
                .run();

        String query = "text/encoder.layer.0.attention.self.query.weight";
        assertThat(result.weights().names()).noneMatch(name -> name.contains("lora_"));
        assertThat(result.weights().get(query))
                .isNotEqualTo(BERT.weights().get("encoder.layer.0.attention.self.query.weight"));
        assertThat(result.hasAdapters()).isFalse();
        try (Classifier classifier = new Classifier(result.model())) {
            assertThat(classifier.evaluate(TEST).loss()).isCloseTo(result.test().loss(), within(1e-4));
        }
    }

    private static TransferResult learn(Branch... branches) {
        return learning(branches).run();
    }

    private static NetworkTraining learning(Branch... branches) {
        NetworkTraining learning =
                NetworkTraining.on(TRAIN).head(new Head.Mlp(32, 0)).test(TEST).training(SETTINGS);
        List.of(branches).forEach(learning::branch);
        return learning;
    }

    private static LabeledItems draw(int count, long seed) {
        LabeledImages shapes = Shapes.draw(count, seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<String> classNames = List.of("same", "different");
        List<String> texts = new ArrayList<>();
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            int said = random.nextInt(2);
            labels[i] = shapes.label(i) ^ said;
            texts.add((random.nextBoolean() ? "this is a " : "look at the ") + (said == 1 ? "circle" : "square"));
        }
        return LabeledItems.of("riddle", classNames, labels)
                .withImages("picture", shapes)
                .withTexts("text", texts);
    }
}
