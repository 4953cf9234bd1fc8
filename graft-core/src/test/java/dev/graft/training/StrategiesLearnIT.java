package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Head;
import dev.graft.optimization.Schedule;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.EpochResult;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.FineTuning;
import dev.graft.strategy.FromScratch;
import dev.graft.strategy.GradualUnfreezing;
import dev.graft.strategy.L2Sp;
import dev.graft.strategy.LinearProbeFineTuning;
import dev.graft.strategy.Strategy;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every strategy tells squares from circles, even on a backbone of random weights, on which a frozen one learns less. */
class StrategiesLearnIT {
    private static final LabeledImages TRAIN = Shapes.draw(200, 11);
    private static final LabeledImages TEST = Shapes.draw(100, 12);
    private static final Cut FEATURES = Cut.pooled(Pooling.MEAN_MAX_STD, "stem", "body");
    private static final TrainingSettings SETTINGS =
            TrainingSettings.defaults().withEpochs(25).withLearningRate(0.02).withSchedule(Schedule.ONE_CYCLE);

    static Stream<Arguments> strategies() {
        return Stream.of(
                Arguments.of("feature extraction", FeatureExtraction.at(FEATURES), 0.75),
                Arguments.of(
                        "feature extraction, mlp",
                        FeatureExtraction.at(FEATURES).withHead(new Head.Mlp(32, 0)),
                        0.6),
                Arguments.of("fine-tuning", FineTuning.all(), 0.95),
                Arguments.of(
                        "linear probe, then fine-tuning",
                        LinearProbeFineTuning.defaults().withRate(1),
                        0.95),
                Arguments.of("l2-sp", L2Sp.all().withPenalty(1e-3, 1e-3), 0.95),
                Arguments.of("gradual unfreezing", GradualUnfreezing.all(), 0.95),
                Arguments.of("from scratch", new FromScratch(), 0.95));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strategies")
    void learnsTheTaskAndMeasuresTheTestData(String name, Strategy strategy, double accuracy) {
        TransferResult result = NetworkTraining.on(TRAIN)
                .test(TEST)
                .backbone(Tiny.backbone())
                .strategy(strategy)
                .training(SETTINGS)
                .run();

        EpochResult last = result.history().get(result.history().size() - 1);
        assertThat(last.accuracy()).isGreaterThan(accuracy);
        assertThat(result.test().accuracy()).isGreaterThan(accuracy);
    }
}
