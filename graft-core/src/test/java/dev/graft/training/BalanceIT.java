package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Pooling;
import dev.graft.head.Head;
import dev.graft.image.Augmentation;
import dev.graft.image.Mixing;
import dev.graft.optimization.Balance;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.FineTuning;
import dev.graft.strategy.Strategy;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BalanceIT {
    /** 60 squares and 6 circles. */
    private static final LabeledImages UNEVEN = uneven(60, 6, 11);

    private static final LabeledImages EVEN = uneven(100, 100, 12);
    private static final Cut CUT = Cut.pooled(Pooling.MEAN_MAX_STD, "stem");

    @ParameterizedTest
    @EnumSource(
            value = Balance.class,
            names = {"CLASS_WEIGHTS", "SAMPLING"})
    void aSmallClassIsFoundMoreOften(Balance balance) {
        for (Strategy strategy :
                List.of(FeatureExtraction.at(CUT), FeatureExtraction.at(CUT).withHead(new Head.Classifier(0)))) {
            assertThat(recallOfCircles(strategy, balance))
                    .as(strategy.toString())
                    .isGreaterThan(recallOfCircles(strategy, Balance.NONE));
        }
    }

    @Test
    void weightsHaveMeanOneOverTheExamples() {
        float[] weights = Balance.classWeights(new int[] {0, 0, 0, 2}, 3);

        assertThat(weights).containsExactly(4 / 2f / 3, 0f, 4 / 2f);
    }

    @Test
    void balancedOrdersDrawEveryClassEquallyOftenAndAllExamplesOfTheSmall() {
        int[] labels = UNEVEN.targets().labels();
        int[] order = Seeds.balancedOrder(1, 0, 0, labels, 2);

        assertThat(order).hasSize(66);
        assertThat(IntStream.of(order).filter(i -> labels[i] == 1).count()).isEqualTo(33);
        assertThat(IntStream.of(order).filter(i -> labels[i] == 1).distinct().count())
                .isEqualTo(6);
        assertThat(Seeds.balancedOrder(1, 0, 0, labels, 2)).isEqualTo(order);
        assertThat(Seeds.balancedOrder(1, 0, 1, labels, 2)).isNotEqualTo(order);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mixing.class,
            names = {"MIXUP", "CUTMIX"})
    void blendedTrainingLearnsAndIsReproducible(Mixing mixing) {
        Augmentation changes = Augmentation.none().withMixing(mixing);
        TransferResult once = Tiny.learning(FineTuning.all())
                .augmentation(changes)
                .training(Tiny.SETTINGS.withEpochs(6))
                .run();
        TransferResult again = Tiny.learning(FineTuning.all())
                .augmentation(changes)
                .training(Tiny.SETTINGS.withEpochs(6))
                .run();

        assertThat(again.weights()).isEqualTo(once.weights());
        assertThat(once.history().get(5).loss())
                .isLessThan(once.history().get(0).loss());
    }

    private static double recallOfCircles(Strategy strategy, Balance balance) {
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            return NetworkTraining.on(UNEVEN)
                    .backbone(Tiny.backbone())
                    .strategy(strategy)
                    .balance(balance)
                    .training(Tiny.SETTINGS.withEpochs(20))
                    .cache(cache)
                    .run()
                    .evaluate(EVEN, cache)
                    .classification()
                    .classes()
                    .get(1)
                    .recall();
        }
    }

    private static LabeledImages uneven(int squares, int circles, long seed) {
        LabeledImages drawn = Shapes.draw(400, seed);
        int[] square = IntStream.range(0, 400)
                .filter(i -> drawn.label(i) == 0)
                .limit(squares)
                .toArray();
        int[] circle = IntStream.range(0, 400)
                .filter(i -> drawn.label(i) == 1)
                .limit(circles)
                .toArray();
        return drawn.subset(
                IntStream.concat(IntStream.of(square), IntStream.of(circle)).toArray());
    }
}
