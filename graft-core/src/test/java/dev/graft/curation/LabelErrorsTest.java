package dev.graft.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.curation.LabelErrors.Score;
import dev.graft.curation.LabelErrors.Suspect;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelErrorsTest {
    @Test
    void flaggedLabelsAreThoseOfCleanlabInItsOrder() {
        List<Suspect> suspects = LabelErrors.find(Reference.probabilities(), Reference.numbers("labels"));

        assertThat(suspects.stream()
                        .filter(Suspect::flagged)
                        .mapToInt(Suspect::index)
                        .toArray())
                .containsExactly(Reference.numbers("flagged"));
    }

    @Test
    void scoresAreThoseOfCleanlab() {
        int[] labels = Reference.numbers("labels");
        double[] own = LabelErrors.scores(Reference.probabilities(), labels, Score.SELF_CONFIDENCE);
        double[] margins = LabelErrors.scores(Reference.probabilities(), labels, Score.NORMALIZED_MARGIN);

        for (int i = 0; i < labels.length; i++) {
            assertThat(own[i]).isCloseTo(Reference.decimals("selfConfidence")[i], within(1e-6));
            // There from 0 to 1.
            assertThat((margins[i] + 1) / 2).isCloseTo(Reference.decimals("normalizedMargin")[i], within(1e-6));
        }
    }

    @Test
    void aSuspectNamesTheLikeliestOtherClass() {
        float[][] probabilities = {
            {0.9f, 0.05f, 0.05f}, {0.1f, 0.2f, 0.7f}, {0.3f, 0.6f, 0.1f}, {0.8f, 0.1f, 0.1f}, {0, 0, 1}, {0, 1, 0}
        };
        int[] labels = {0, 1, 1, 0, 2, 2};

        List<Suspect> suspects = LabelErrors.find(probabilities, labels);

        assertThat(suspects).extracting(Suspect::index).containsExactly(5, 1);
        assertThat(suspects).extracting(Suspect::likelier).containsExactly(1, 2);
        assertThat(suspects.get(1).givenProbability()).isCloseTo(0.2, within(1e-6));
    }

    @Test
    void theAdjustedMarginForgivesClassesThatAreHardToBeSureOf() {
        float[][] probabilities = {{0.4f, 0.6f}, {0.4f, 0.6f}, {0.1f, 0.9f}, {0.1f, 0.9f}};
        int[] labels = {0, 0, 1, 1};

        assertThat(LabelErrors.scores(probabilities, labels, Score.NORMALIZED_MARGIN)[0])
                .isNegative();
        assertThat(LabelErrors.scores(probabilities, labels, Score.ADJUSTED_MARGIN)[0])
                .isPositive();
    }

    @Test
    void theOnlyExampleOfAClassIsNotDoubted() {
        float[][] probabilities = {{0.9f, 0.1f}, {0.9f, 0.1f}, {0.9f, 0.1f}};

        assertThat(LabelErrors.find(probabilities, new int[] {0, 0, 1})).isEmpty();
    }

    @Test
    void noExamplesHaveNoSuspects() {
        assertThat(LabelErrors.find(new float[0][], new int[0])).isEmpty();
    }
}
