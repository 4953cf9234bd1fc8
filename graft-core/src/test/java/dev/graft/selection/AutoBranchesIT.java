package dev.graft.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.LabeledItems;
import dev.graft.error.SettingsException;
import dev.graft.feature.FeatureCache;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.CandidateResult;
import dev.graft.result.SelectionResult;
import dev.graft.source.Backbones;
import dev.graft.training.Branch;
import dev.graft.training.Cores;
import dev.graft.training.Riddle;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The choice for items of several parts, whose class is whether the parts agree: none of them knows it alone. */
class AutoBranchesIT {
    private static final List<Branch> BRANCHES =
            List.of(Branch.image("picture", Backbones.load("digits-cnn")), Branch.categories("word"));
    private static final LabeledItems TRAIN = Riddle.draw(240, 1);
    private static final LabeledItems TEST = Riddle.draw(200, 2);

    @Tag("slow")
    @Test
    void theCutIsChosenByWhatTheBranchesTellTogether() {
        try (FeatureCache cache = new FeatureCache(1 << 28)) {
            Approach.Transferred transferred = Auto.unlimited().run(task(BRANCHES, TRAIN, cache));

            assertThat(transferred.result().evaluate(TEST, cache).accuracy()).isGreaterThanOrEqualTo(0.95);
            SelectionResult selection = Objects.requireNonNull(transferred.selection());
            assertThat(Objects.requireNonNull(selection.promised())).isGreaterThan(0.9);
            assertThat(selection.backbone()).isEqualTo("digits-cnn");
            assertThat(selection.candidates().get(0).chosen()).isTrue();
            assertThat(selection.candidates())
                    .extracting(CandidateResult::strategy)
                    .contains("feature-extraction", "feature-extraction, picture alone");
            assertThat(selection.candidates().stream()
                            .filter(row -> row.strategy().endsWith("alone"))
                            .findFirst()
                            .orElseThrow()
                            .accuracy())
                    .isLessThan(0.65);
            assertThat(selection.because()).contains("The parts together").contains("Alone, picture/");
            assertThat(transferred.result().model().lineage().strategy()).isEqualTo("auto");
            assertThat(transferred.result().model().branches().get(0).cut())
                    .isEqualTo(transferred.branches().get(0).cut());
        }
    }

    @Test
    void tooFewItemsGiveTheSafestNetworkAndNoPromise() {
        try (FeatureCache cache = new FeatureCache(1 << 26)) {
            Approach.Transferred transferred =
                    Auto.unlimited().run(task(BRANCHES, TRAIN.subset(new int[] {0, 1, 2}), cache));

            SelectionResult selection = Objects.requireNonNull(transferred.selection());
            assertThat(selection.promised()).isNull();
            assertThat(selection.skipped()).singleElement().asString().contains("none can be held back");
        }
    }

    @Test
    void aBudgetThatIsSpentLeavesTheUsualCutsAndSaysSo() {
        try (FeatureCache cache = new FeatureCache(1 << 26)) {
            Approach.Transferred transferred = Auto.within(Duration.ofNanos(1)).run(task(BRANCHES, TRAIN, cache));

            SelectionResult selection = Objects.requireNonNull(transferred.selection());
            assertThat(transferred.branches().get(0).cut())
                    .isEqualTo(BRANCHES.get(0).cut());
            assertThat(selection.skipped()).anySatisfy(line -> assertThat(line).startsWith("other cuts of picture"));
        }
    }

    @Tag("slow")
    @Test
    void twoChoicesOfOneSeedAreOne() {
        try (FeatureCache first = new FeatureCache(1 << 28);
                FeatureCache second = new FeatureCache(1 << 28)) {
            Approach.Transferred one = Auto.unlimited().run(task(BRANCHES, TRAIN, first));
            Approach.Transferred other = Auto.unlimited().run(task(BRANCHES, TRAIN, second));

            assertThat(one.result().weights()).isEqualTo(other.result().weights());
        }
    }

    @Test
    void aStrategyNamesABranchThatIsThere() {
        SourceModels sources = SourceModels.ofBranches(BRANCHES);

        assertThat(Approaches.named("fine-tuning@picture/conv2", sources, null, usual -> usual)
                        .name())
                .isEqualTo("fine-tuning@picture/conv2");
        assertThatThrownBy(() -> Approaches.named("fine-tuning@photo", sources, null, usual -> usual))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("fine-tuning@photo/stage3")
                .hasMessageContaining("[picture]");
        assertThatThrownBy(() -> Approaches.named("fine-tuning@picture/conv9", sources, null, usual -> usual))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("conv9");
    }

    private static TransferTask task(List<Branch> branches, LabeledItems train, FeatureCache cache) {
        return new TransferTask(
                SourceModels.ofBranches(branches),
                train,
                null,
                TrainingSettings.defaults().withEpochs(20).withLearningRate(0.003),
                learning -> learning,
                learning -> learning,
                cache,
                Cores.one(),
                () -> false,
                message -> {});
    }
}
