package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LearningRateFinderTest {
    @Test
    void theSuggestionIsTheMiddleOfTheLongestValley() {
        assertThat(LearningRateFinder.valley(new double[] {9, 8, 7, 6, 5})).isEqualTo(2);
        assertThat(LearningRateFinder.valley(new double[] {3, 2, 9, 8, 7, 6, 5, 10}))
                .isEqualTo(4);
    }

    @Test
    void aBumpInsideAValleyDoesNotEndIt() {
        // It falls from 9 to 1 in eight steps, counted back from where it ends.
        assertThat(LearningRateFinder.valley(new double[] {9, 8, 7, 6, 6.5, 5, 4, 3, 1, 2}))
                .isEqualTo(5);
    }

    @Test
    void lossesThatNeverFallHaveNoValley() {
        assertThat(LearningRateFinder.valley(new double[] {1, 1, 2, 3})).isNegative();
        assertThat(LearningRateFinder.valley(new double[] {1})).isNegative();
        assertThat(LearningRateFinder.valley(new double[0])).isNegative();
    }
}
