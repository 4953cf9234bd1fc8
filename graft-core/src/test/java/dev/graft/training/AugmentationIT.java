package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.error.SettingsException;
import dev.graft.error.StoppedException;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Pooling;
import dev.graft.head.Head;
import dev.graft.image.Augmentation;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.FineTuning;
import dev.graft.strategy.Frozen;
import dev.graft.strategy.Strategy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentationIT {
    private static final Augmentation CHANGES = Augmentation.flipAndShift().withViews(3);
    private static final Strategy HEAD_ONLY =
            FeatureExtraction.at(Cut.pooled(Pooling.MEAN, "body")).withHead(Head.Mlp.defaults());

    @TempDir
    private Path folder = Path.of("");

    @Test
    void behindFrozenStagesTheCacheKeepsSoManyViewsAndNoMore() {
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            learning(HEAD_ONLY, 7).cache(cache).run();

            // Three views of the training images, and the validation images as they are.
            assertThat(cache.misses()).isEqualTo(3 + 1);
            assertThat(cache.hits()).isEqualTo(7 - 3);
        }
    }

    @Test
    void twoEpochsInARowNeverSeeTheSameView() {
        Run run = run(HEAD_ONLY);
        PhasePlan frozen = run.plan(run.phases().get(0));
        for (int epoch = 0; epoch < 6; epoch++) {
            assertThat(run.trainingViews(frozen, 0, epoch).get(0).digest())
                    .isNotEqualTo(run.trainingViews(frozen, 0, epoch + 1).get(0).digest())
                    .isEqualTo(run.trainingViews(frozen, 0, epoch + 3).get(0).digest());
        }
    }

    @Test
    void withoutFrozenStagesEveryEpochDrawsItsOwnView() {
        Run run = run(FineTuning.all());
        PhasePlan all = run.plan(run.phases().get(0));
        List<String> views = IntStream.range(0, 50)
                .mapToObj(epoch -> run.trainingViews(all, 0, epoch).get(0).digest())
                .toList();

        assertThat(views).doesNotHaveDuplicates();
    }

    @Test
    void validationImagesAreNeverChanged() {
        for (Strategy strategy : List.of(HEAD_ONLY, FineTuning.all())) {
            TransferResult result = learning(strategy, 2).run();
            try (FeatureCache cache = FeatureCache.withDefaults()) {
                assertThat(result.evaluate(Tiny.VALIDATION, cache).loss())
                        .isCloseTo(result.history().get(1).validationLoss(), within(1e-6));
            }
        }
    }

    @Test
    void itChangesWhatIsLearned() {
        assertThat(learning(FineTuning.all(), 2).run().weights())
                .isNotEqualTo(Tiny.learning(FineTuning.all()).run().weights());
        assertThat(learning(FeatureExtraction.at(Cut.at("pool")), 2).run().weights())
                .isNotEqualTo(Tiny.learning(FeatureExtraction.at(Cut.at("pool")))
                        .run()
                        .weights());
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        for (Strategy strategy :
                List.of(HEAD_ONLY, FineTuning.all(), Tiny.freezing(Frozen.through("stem"), Head.Mlp.defaults()))) {
            assertThat(learning(strategy, 3).run().weights())
                    .as(strategy.name())
                    .isEqualTo(learning(strategy, 3).run().weights());
        }
    }

    @Test
    void aStoppedRunResumesToTheSameBytes() {
        TransferResult whole = learning(FineTuning.all(), 3).run();
        AtomicInteger asked = new AtomicInteger();

        assertThatThrownBy(() -> learning(FineTuning.all(), 3)
                        .checkpoints(folder, 0)
                        .stopWhen(() -> asked.getAndIncrement() >= 7)
                        .run())
                .isInstanceOf(StoppedException.class);
        TransferResult resumed = learning(FineTuning.all(), 3)
                .checkpoints(folder, 0)
                .resume(true)
                .run();

        assertThat(resumed.weights()).isEqualTo(whole.weights());
        assertThat(resumed.history()).isEqualTo(whole.history());
    }

    @Test
    void resumingWithOtherChangesIsRefused() {
        learning(FineTuning.all(), 2).checkpoints(folder, 0).run();

        assertThatThrownBy(() -> learning(FineTuning.all(), 2)
                        .augmentation(CHANGES.withErasing(0.5))
                        .checkpoints(folder, 0)
                        .resume(true)
                        .run())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("augmentation");
    }

    private static NetworkTraining learning(Strategy strategy, int epochs) {
        return Tiny.learning(strategy).augmentation(CHANGES).training(Tiny.SETTINGS.withEpochs(epochs));
    }

    private static Run run(Strategy strategy) {
        NetworkTraining learning = learning(strategy, 2);
        return learning.attempt((run, start) -> run);
    }
}
