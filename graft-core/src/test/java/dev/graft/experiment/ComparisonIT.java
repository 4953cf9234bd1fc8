package dev.graft.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.backbone.Architecture;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.experiment.TargetSource.TargetData;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.StrategyResult;
import dev.graft.selection.Approach;
import dev.graft.selection.SourceModels;
import dev.graft.source.Backbones;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.FineTuning;
import dev.graft.strategy.FromScratch;
import dev.graft.strategy.Phase;
import dev.graft.strategy.Strategy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonIT {
    private static final ComparisonListener SILENT = (done, total, what) -> {};
    private static final List<Strategy> STRATEGIES = List.of(
            FeatureExtraction.at(Cut.pooled(Pooling.MEAN_MAX_STD, "conv1", "conv2")),
            FineTuning.all(),
            new FromScratch());

    @Test
    void trainingsSideBySideGiveTheSameNumbersEveryTime() {
        ComparisonOutcome once = comparison(STRATEGIES, SILENT).run();
        ComparisonOutcome again = comparison(STRATEGIES, SILENT).run();

        assertThat(again.curve()).isEqualTo(once.curve());
        assertThat(histories(again)).isEqualTo(histories(once));
        for (Strategy strategy : STRATEGIES) {
            assertThat(Objects.requireNonNull(again.models().get(strategy.name()))
                            .weights())
                    .isEqualTo(Objects.requireNonNull(once.models().get(strategy.name()))
                            .weights());
        }
    }

    @Test
    void theListenerIsToldOfEachTrainingByTheCallingThread() {
        List<Integer> counts = new ArrayList<>();
        Set<String> trainings = new HashSet<>();
        Thread caller = Thread.currentThread();

        comparison(STRATEGIES, (done, total, what) -> {
                    assertThat(Thread.currentThread()).isSameAs(caller);
                    assertThat(total).isEqualTo(12);
                    counts.add(done);
                    trainings.add(what);
                })
                .run();

        assertThat(counts)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 12).boxed().toList());
        assertThat(trainings)
                .hasSize(12)
                .contains("fine-tuning, 10 examples, seed 4", "from-scratch, 40 examples, seed 3");
    }

    @Test
    void aFailingTrainingEndsTheComparisonWithItsOwnMessage() {
        Strategy failing = new Strategy() {
            @Override
            public String name() {
                return "failing";
            }

            @Override
            public List<Phase> phases(Architecture architecture, TrainingSettings settings) {
                throw new IllegalStateException("no phases today");
            }
        };

        assertThatThrownBy(() ->
                        comparison(List.of(failing, new FromScratch()), SILENT).run())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no phases today");
    }

    private static List<Object> histories(ComparisonOutcome outcome) {
        return outcome.results().stream()
                .map(StrategyResult::history)
                .map(Object.class::cast)
                .toList();
    }

    private static Comparison comparison(List<Strategy> strategies, ComparisonListener listener) {
        return new Comparison(
                SourceModels.of(List.of(Backbones.load("digits-cnn"))),
                ComparisonIT::draw,
                strategies.stream().map(Approach::of).toList(),
                new ComparisonSettings(
                        3, 2, List.of(10), TrainingSettings.defaults().withEpochs(2), 4),
                listener,
                () -> false);
    }

    private static TargetData draw(long seed) {
        LabeledImages all = Shapes.draw(100, seed);
        LabeledImages train = all.subset(IntStream.range(0, 40).toArray());
        LabeledImages test = all.subset(IntStream.range(40, 100).toArray());
        return new TargetData(train, null, test, test);
    }
}
