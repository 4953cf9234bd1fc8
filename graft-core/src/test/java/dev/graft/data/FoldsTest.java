package dev.graft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.DataException;
import dev.graft.error.SettingsException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldsTest {
    @ParameterizedTest
    @CsvSource({"20, 20, 5", "7, 3, 5", "1, 1, 2", "13, 29, 4", "3, 200, 10"})
    void everyExampleIsTestedOnceAndFoldsAreBalanced(int zeros, int ones, int folds) {
        LabelsOnly data = LabelsOnly.withCounts(zeros, ones);
        List<int[]> tests = Folds.stratified(ClassIndexes.labels(data), 2, folds, 3);

        assertThat(tests).hasSize(folds);
        assertThat(tests.stream().flatMapToInt(Arrays::stream))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, zeros + ones).boxed().toList());
        assertThat(tests).allSatisfy(test -> {
            assertThat(test).isSorted();
            assertThat(test.length).isBetween((zeros + ones) / folds, (zeros + ones + folds - 1) / folds);
            assertThat(LabelsOnly.counts(data, test)[0]).isBetween(zeros / folds, (zeros + folds - 1) / folds);
            assertThat(LabelsOnly.counts(data, test)[1]).isBetween(ones / folds, (ones + folds - 1) / folds);
        });
    }

    @Test
    void theSameSeedDealsTheSameFoldsAndAnotherSeedDoesNot() {
        int[] labels = new int[30];

        assertThat(Folds.stratified(labels, 1, 3, 1).get(0))
                .containsExactly(Folds.stratified(labels, 1, 3, 1).get(0))
                .isNotEqualTo(Folds.stratified(labels, 1, 3, 2).get(0));
    }

    /** Pinned, because a probe is compared with older probes of the same seed. */
    @Test
    void theFoldsOfASeedNeverChange() {
        assertThat(Folds.stratified(new int[] {0, 0, 0, 0, 1, 1, 1, 1}, 2, 2, 1).get(0))
                .containsExactly(2, 3, 6, 7);
    }

    @Test
    void fewerThanTwoFoldsAreRefused() {
        assertThatThrownBy(() -> Folds.stratified(new int[10], 1, 1, 1))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("at least 2");
    }

    @Test
    void fewerExamplesThanFoldsAreRefusedWithBothNumbers() {
        assertThatThrownBy(() -> Folds.stratified(new int[4], 1, 5, 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("at least 5 examples")
                .hasMessageContaining("found     4");
    }

    @ParameterizedTest
    @CsvSource({"-1", "2"})
    void aLabelThatIsNoClassIsRefusedWithItsPlace(int label) {
        assertThatThrownBy(() -> Folds.stratified(new int[] {0, 1, label}, 2, 2, 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("example 2")
                .hasMessageContaining("0 to 1")
                .hasMessageContaining("found     " + label);
    }
}
