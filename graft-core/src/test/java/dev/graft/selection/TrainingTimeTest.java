package dev.graft.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.feature.FeatureCache;
import dev.graft.optimization.TrainingSettings;
import dev.graft.source.Backbones;
import dev.graft.strategy.FineTuning;
import dev.graft.training.Cores;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingTimeTest {
    private static final Backbone BACKBONE = Backbones.load("digits-cnn");
    private static final LabeledImages TRAIN = Shapes.draw(1600, 5);
    private static final Trials.Trial HALF = new Trials.Trial(FineTuning.all(), 1e-3, new Recipe(2, 40, false, 0.5, 0));

    @Test
    void withoutABudgetATrainingIsForeseenByItsArithmetic() {
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            // Each of two epochs trains half of the network, and the pass before it costs a third of the other half.
            assertThat(time(cache, 9.5e9).untried(HALF)).isCloseTo(0.1 * (1600 + 1600 / 6.0), within(1e-9));
        }
    }

    @Test
    void whatTakesLongerThanFiveMinutesIsRefusedWithTheBudgetThatHasRoomForIt() {
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            TrainingTime fast = time(cache, 9.5e9);
            TrainingTime slow = time(cache, 9.5e10);

            assertThat(fast.fitsUntried(HALF)).isTrue();
            assertThat(slow.fitsUntried(HALF)).isFalse();
            assertThat(slow.refusal("fine-tuning", slow.untried(HALF)))
                    .isEqualTo("fine-tuning: about 32 minutes on two cores; a budget of 44m has room for it");
        }
    }

    @Test
    void whatWasTriedIsTakenOffWhatIsLeft() {
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            TrainingTime time = time(cache, 9.5e9);
            double before = time.left();

            time.tried(List.of(HALF));

            assertThat(before - time.left()).isCloseTo(0.1 * (2 * 600 + 1000 / 6.0), within(1e-9));
        }
    }

    private static TrainingTime time(FeatureCache cache, double multiplications) {
        TransferTask task = new TransferTask(
                SourceModels.of(List.of(BACKBONE)),
                TRAIN,
                null,
                TrainingSettings.defaults(),
                learning -> learning,
                learning -> learning,
                cache,
                Cores.one(),
                () -> false,
                message -> {});
        return TrainingTime.usual(task, new Clock(Budget.unlimited()), multiplications, 1000, 600);
    }
}
