package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.error.SettingsException;
import dev.graft.experiment.DrawnTargets;
import dev.graft.experiment.TransferLearning;
import dev.graft.feature.FeatureCache;
import dev.graft.head.Head;
import dev.graft.optimization.NumberLoss;
import dev.graft.source.Backbones;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.targets.Grades;
import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import dev.graft.targets.Targets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NumberLossIT {
    private static final Backbone DIGITS = Backbones.load("digits-cnn");
    private static final Numbers RADIUS = new Numbers(List.of("radius"));

    @TempDir
    private Path directory = Path.of(".");

    /** One number in twenty is far too large. */
    private static LabeledImages disturbed() {
        LabeledImages right = DrawnTargets.draw(RADIUS, 200, 3);
        double[] values = right.targets().values();
        for (int i = 0; i < values.length; i += 20) {
            values[i] += 500;
        }
        return right.withTargets(Targets.of(RADIUS, values));
    }

    private static NetworkTraining learning(LabeledImages data, Head head) {
        return NetworkTraining.on(data)
                .backbone(DIGITS)
                .strategy(FeatureExtraction.defaults().withHead(head))
                .training(usual -> usual.withSeed(4).withEpochs(30).withLearningRate(0.01));
    }

    private static double score(NumberLoss loss, Head head) {
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            return learning(disturbed(), head)
                    .loss(loss)
                    .run()
                    .evaluate(DrawnTargets.draw(RADIUS, 100, 9), cache)
                    .score();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQUARED")
    void aFewWrongNumbersMoveASolvedHeadLess(NumberLoss loss) {
        Head solved = Head.LogisticRegression.defaults();

        assertThat(score(loss, solved)).isGreaterThan(0.7).isGreaterThan(score(NumberLoss.SQUARED, solved) + 0.05);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQUARED")
    void aFewWrongNumbersMoveATrainedHeadLess(NumberLoss loss) {
        Head trained = new Head.Classifier(0);

        assertThat(score(loss, trained)).isGreaterThan(score(NumberLoss.SQUARED, trained) + 0.05);
    }

    @Test
    void aRunGoesOnWithTheLossThatItHad() {
        NetworkTraining learning = learning(disturbed(), Head.Mlp.defaults())
                .training(usual -> usual.withEpochs(1))
                .checkpoints(directory, 0);
        learning.loss(NumberLoss.HUBER).run();

        assertThatThrownBy(() -> learning.loss(NumberLoss.ABSOLUTE).resume(true).run())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("loss")
                .hasMessageContaining("HUBER")
                .hasMessageContaining("ABSOLUTE");
        assertThat(learning.loss(NumberLoss.HUBER).resume(true).run().history()).hasSize(1);
    }

    @Test
    void otherTasksHaveALossOfTheirOwn() {
        assertThatThrownBy(() -> NetworkTraining.on(Shapes.draw(20, 1)).loss(NumberLoss.HUBER))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("huber")
                .hasMessageContaining("the task regression")
                .hasMessageContaining("the task classification");
        for (LabeledImages data : List.of(
                DrawnTargets.draw(new LabelSet(List.of("disc", "frame")), 40, 1),
                DrawnTargets.draw(new Grades(List.of("1", "2", "3", "4")), 40, 1))) {
            TransferLearning learning =
                    TransferLearning.on(data).backbone(DIGITS).loss(NumberLoss.ABSOLUTE);
            assertThatThrownBy(() -> learning.auto(Duration.ofMinutes(5)))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("absolute")
                    .hasMessageContaining(data.kind().task());
        }
        NetworkTraining.on(Shapes.draw(20, 1)).loss(NumberLoss.SQUARED);
    }
}
