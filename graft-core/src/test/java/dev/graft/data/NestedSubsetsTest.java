package dev.graft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.DataException;
import dev.graft.error.SettingsException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NestedSubsetsTest {
    private final LabeledImages data = LabelsOnly.withCounts(40, 40, 5);

    @Test
    void aSmallerSubsetIsTheBeginningOfALargerOne() {
        List<int[]> subsets = NestedSubsets.stratified(data, List.of(3, 10, 50, 85), 1);

        for (int[] smaller : subsets) {
            assertThat(Arrays.copyOf(subsets.get(3), smaller.length)).containsExactly(smaller);
        }
        assertThat(subsets.get(3))
                .containsExactlyInAnyOrder(IntStream.range(0, 85).toArray());
    }

    @Test
    void classesAreBalancedWhileTheyLast() {
        List<int[]> subsets = NestedSubsets.stratified(data, List.of(3, 12, 15, 25, 85), 1);

        assertThat(LabelsOnly.counts(data, subsets.get(0))).containsExactly(1, 1, 1);
        assertThat(LabelsOnly.counts(data, subsets.get(1))).containsExactly(4, 4, 4);
        assertThat(LabelsOnly.counts(data, subsets.get(2))).containsExactly(5, 5, 5);
        assertThat(LabelsOnly.counts(data, subsets.get(3))).containsExactly(10, 10, 5);
        assertThat(LabelsOnly.counts(data, subsets.get(4))).containsExactly(40, 40, 5);
    }

    @Test
    void theOddExampleIsNotAlwaysOfTheSameClass() {
        LabeledImages two = LabelsOnly.withCounts(20, 20);

        assertThat(IntStream.range(0, 20)
                        .map(seed -> LabelsOnly.counts(
                                two,
                                NestedSubsets.stratified(two, List.of(3), seed).get(0))[0]))
                .contains(1, 2)
                .containsOnly(1, 2);
    }

    @Test
    void sizesKeepTheirOrder() {
        assertThat(NestedSubsets.stratified(data, List.of(20, 5, 20), 1).stream()
                        .map(subset -> subset.length))
                .containsExactly(20, 5, 20);
    }

    @Test
    void theSameSeedChoosesTheSameExamplesAndAnotherSeedDoesNot() {
        int[] chosen = NestedSubsets.stratified(data, List.of(20), 1).get(0);

        assertThat(NestedSubsets.stratified(data, List.of(20), 1).get(0)).containsExactly(chosen);
        assertThat(NestedSubsets.stratified(data, List.of(20), 2).get(0)).isNotEqualTo(chosen);
    }

    /** Pinned, because a curve is compared with older curves of the same seed. */
    @Test
    void theSubsetOfASeedNeverChanges() {
        assertThat(NestedSubsets.stratified(data, List.of(7), 1).get(0)).containsExactly(10, 83, 63, 80, 13, 76, 67);
    }

    @Test
    void aSubsetLargerThanTheDataIsRefusedWithBothNumbers() {
        assertThatThrownBy(() -> NestedSubsets.stratified(data, List.of(10, 86), 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("at most 85 examples")
                .hasMessageContaining("86");
    }

    @Test
    void aSubsetTooSmallForEveryClassIsRefused() {
        assertThatThrownBy(() -> NestedSubsets.stratified(data, List.of(2), 1))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("at least 3 examples");
    }
}
