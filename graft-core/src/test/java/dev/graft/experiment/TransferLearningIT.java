package dev.graft.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.bundle.Bundle;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.data.Split;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.source.Backbones;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.training.TransferResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job in one sentence, and what it refuses. */
class TransferLearningIT {
    private static final FeatureExtraction POOLED =
            FeatureExtraction.at(Cut.pooled(Pooling.MEAN_MAX_STD, "conv1", "conv2"));

    @TempDir
    private Path directory = Path.of(".");

    @Test
    void oneSentenceChoosesTrainsJudgesAndSaves() {
        LabeledImages images = Shapes.draw(300, 5);

        Fit.Outcome outcome = TransferLearning.on(images)
                .backbone(Backbones.load("digits-cnn"))
                .auto(Duration.ofSeconds(20));
        outcome.saveBundle(directory.resolve("model"));

        assertThat(outcome.testAccuracy()).isGreaterThan(0.9);
        // On a busy machine a budget takes and judges fewer.
        assertThat(outcome.result().target().train()).isBetween(20, 210);
        assertThat(outcome.result().target().test()).isBetween(2, 45);
        assertThat(outcome.result().results().get(0).selection()).isNotNull();
        assertThat(outcome.pictures()).isNotNull();
        TransferModel saved = Bundle.read(directory.resolve("model"));
        assertThat(saved.confidence().threshold()).isNotNull();
        try (Classifier classifier = new Classifier(saved)) {
            assertThat(classifier.evaluate(images).accuracy()).isGreaterThan(0.9);
        }
    }

    @Test
    void theUsualSourceModelsAreTakenWhereNoneIsNamed() {
        List<String> heard = new ArrayList<>();

        Fit.Outcome outcome =
                TransferLearning.on(Shapes.draw(60, 5)).progress(heard::add).auto(Duration.ofSeconds(20));

        assertThat(outcome.result().source().backbone()).isIn("digits-cnn", "cifar-resnet");
        assertThat(heard).anyMatch(line -> line.contains("digits-cnn"));
    }

    @Test
    void aGivenStrategyIsJudgedTheSameWayAsAChosenOne() {
        LabeledImages images = Shapes.draw(120, 5);

        TransferLearning learning = TransferLearning.on(images)
                .split(Split.stratified(0.5, 0.25, 0.25))
                .backbone(Backbones.load("digits-cnn"))
                .strategy(POOLED);
        Fit.Outcome judged = learning.fit();
        TransferResult trained = learning.run();

        assertThat(judged.testAccuracy()).isEqualTo(trained.test().accuracy());
        assertThat(judged.model().weights().digest())
                .isEqualTo(trained.model().weights().digest());
        assertThat(judged.model().record()).isNotNull();
        assertThat(trained.model().record()).isNull();
    }

    @Test
    void partsThatAreGivenStayAsTheyAre() {
        LabeledImages test = Shapes.draw(33, 9);

        Fit.Outcome outcome = TransferLearning.on(Shapes.draw(100, 5))
                .test(test)
                .backbone(Backbones.load("digits-cnn"))
                .strategy(POOLED)
                .fit();

        assertThat(outcome.result().target().test()).isEqualTo(33);
        assertThat(outcome.result().target().train()).isEqualTo(82);
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAnythingIsTrained() {
        TransferLearning learning = TransferLearning.on(Shapes.draw(20, 5)).split(Split.stratified(0.5, 0.25, 0.25));

        assertThatThrownBy(() -> learning.split(Split.stratified(0.8, 0.1, 0.1)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("divided once");
        assertThatThrownBy(learning::run).isInstanceOf(SettingsException.class).hasMessageContaining("backbone");
        assertThatThrownBy(learning::fit).isInstanceOf(SettingsException.class).hasMessageContaining(".auto()");
        assertThatThrownBy(() -> learning.strategy(POOLED).auto())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(".fit()");
        assertThatThrownBy(() -> TransferLearning.on(Shapes.draw(20, 5)).auto(Duration.ZERO))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("budget");
        assertThatThrownBy(() -> TransferLearning.on(Shapes.draw(20, 5))
                        .split(Split.stratified(0.8, 0.2, 0))
                        .auto())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("test");
    }
}
