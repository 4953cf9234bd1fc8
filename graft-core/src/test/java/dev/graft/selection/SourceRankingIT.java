package dev.graft.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.feature.FeatureCache;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.SelectionResult;
import dev.graft.source.Backbones;
import dev.graft.training.Cores;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Within a budget a choice begins with the source model that promises most, whatever the order of their names. */
class SourceRankingIT {
    private static final Backbone SEEING = Backbones.load("digits-cnn");
    private static final Backbone BLIND = blind(Backbones.load("cifar-resnet"));
    private static final LabeledImages TRAIN = Shapes.draw(200, 5);

    private static Backbone blind(Backbone backbone) {
        Map<String, FloatTensor> zeros = new HashMap<>();
        backbone.weights()
                .asMap()
                .forEach((name, tensor) ->
                        zeros.put(name, new FloatTensor(tensor.shape(), new float[tensor.values().length])));
        return new Backbone(backbone.architecture(), WeightSet.of(zeros), backbone.card());
    }

    @Test
    @Tag("slow")
    void whereThereIsTimeForOneItIsTheOneThatPromisesMost() {
        for (List<Backbone> named : List.of(List.of(SEEING, BLIND), List.of(BLIND, SEEING))) {
            AtomicLong nanos = new AtomicLong();
            Budget budget = Budget.timedBy(nanos::get, Duration.ofSeconds(100), Duration.ZERO);
            // The first source model that is measured takes nearly all that there is.
            Consumer<String> spending = message -> {
                if (message.startsWith("measured")) {
                    nanos.addAndGet(Duration.ofSeconds(98).toNanos());
                }
            };
            try (FeatureCache cache = FeatureCache.withDefaults()) {
                SelectionResult selection = Objects.requireNonNull(Auto.unlimited()
                        .run(task(SourceModels.of(named), cache, spending, budget))
                        .selection());

                assertThat(selection.backbone()).isEqualTo(SEEING.id());
                assertThat(selection.skipped())
                        .contains("backbone " + BLIND.id() + ": its features would not have fitted into the budget");
            }
        }
    }

    @Test
    void thoseThatAreRankedAlreadyStayInTheirOrder() {
        assertThat(looked(SourceModels.ranked(List.of(BLIND, SEEING)), Duration.ofSeconds(100)))
                .containsExactly(BLIND, SEEING);
        assertThat(looked(SourceModels.of(List.of(BLIND, SEEING)), Duration.ofSeconds(100)))
                .containsExactly(SEEING, BLIND);
    }

    @Test
    void whereNoTimeIsLeftAfterTheFirstNoOtherIsLookedAt() {
        assertThat(looked(SourceModels.of(List.of(BLIND, SEEING)), Duration.ZERO))
                .containsExactly(BLIND, SEEING);
    }

    @Test
    void whereThereIsNoTimeForMoreFiftyExamplesSayEnough() {
        assertThat(looked(SourceModels.of(List.of(BLIND, SEEING)), Duration.ofMillis(1)))
                .containsExactly(SEEING, BLIND);
    }

    @Test
    void whatWasLookedAtIsNotComputedAgain() {
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            Budget budget = Budget.timedBy(() -> 0, Duration.ofHours(1), Duration.ZERO);
            LabeledImages train = Shapes.draw(1300, 5);
            TransferTask task = new TransferTask(
                    SourceModels.of(List.of(BLIND, SEEING)),
                    train,
                    null,
                    TrainingSettings.defaults(),
                    learning -> learning,
                    learning -> learning,
                    cache,
                    Cores.one(),
                    () -> false,
                    message -> {},
                    budget,
                    0);

            FirstLook.Seen seen = new FirstLook(task, new Clock(budget)).take();

            assertThat(seen.examples()).isSameAs(train);
            List<FeatureCache.Piece> pieces = Objects.requireNonNull(
                    cache.piecesOf(Partition.part(train, task.settings().seed()).digest()));
            assertThat(pieces).extracting(piece -> piece.examples().size()).containsExactly(50, 100, 150, 700);
        }
    }

    /** The order in which a choice goes on that has so much time left; looking takes none of it. */
    private static List<Backbone> looked(SourceModels sources, Duration left) {
        Duration whole = Duration.ofSeconds(100);
        Budget budget = Budget.timedBy(() -> 0, whole, whole.minus(left));
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            TransferTask task = task(sources, cache, message -> {}, budget);
            return new FirstLook(task, new Clock(budget, () -> left.isZero() ? 1 : 0))
                    .take()
                    .task()
                    .backbones();
        }
    }

    private static TransferTask task(
            SourceModels sources, FeatureCache cache, Consumer<String> progress, Budget budget) {
        return new TransferTask(
                sources,
                TRAIN,
                null,
                TrainingSettings.defaults(),
                learning -> learning,
                learning -> learning,
                cache,
                Cores.one(),
                () -> false,
                progress,
                budget,
                0);
    }
}
