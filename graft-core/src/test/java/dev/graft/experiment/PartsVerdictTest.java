package dev.graft.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.evaluation.Evaluation;
import dev.graft.experiment.PartsVerdict.Measured;
import dev.graft.result.TargetTask;
import dev.graft.result.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsVerdictTest {
    private static final int TEST = 100;
    private static final TargetTask TARGET =
            new TargetTask("items", List.of("no", "yes"), 400, 0, TEST, TEST, "digest");
    private static final Measured PHOTO = measured("photo", 52);
    private static final Measured TITLE = measured("title", 49);

    @Test
    void togetherIsRecommendedWhereItClearlyBeatsTheBestPartAlone() {
        Verdict verdict = PartsVerdict.write(together(98), List.of(PHOTO, TITLE), TARGET);

        assertThat(verdict.recommended()).isEqualTo("way: together");
        assertThat(verdict.because())
                .startsWith("photo alone 0.520, title alone 0.490, together 0.980 on 100 test examples")
                .contains("beat photo alone, the best of these, by 46.0 points (95% interval +3")
                .doesNotContain("Not measured");
    }

    @Test
    void aPartIsRecommendedWhereTheOthersHarm() {
        Verdict verdict = PartsVerdict.write(together(60), List.of(measured("photo", 90), TITLE), TARGET);

        assertThat(verdict.recommended()).isEqualTo("way: photo");
        assertThat(verdict.because()).contains("fall behind photo alone by 30.0 points (95% interval -");
    }

    @Test
    void aSmallLeadIsNotCalledOne() {
        Verdict verdict = PartsVerdict.write(together(53), List.of(PHOTO, TITLE), TARGET);

        assertThat(verdict.recommended()).isEqualTo("way: together");
        assertThat(verdict.because()).contains("better than photo alone is not shown: they differ by 1.0 points");
    }

    @Test
    void whatWasNotMeasuredAloneIsNamed() {
        Verdict verdict = PartsVerdict.write(together(98), List.of(TITLE), TARGET);

        assertThat(verdict.because()).contains("beat title alone by 49.0").endsWith("Not measured alone: photo.");
    }

    @Test
    void withNothingToCompareOnlyTheAccuracyIsSaid() {
        Verdict verdict = PartsVerdict.write(together(98), List.of(), TARGET);

        assertThat(verdict.because())
                .isEqualTo("way: together reaches 0.980 on the test data with 400 training examples.");
    }

    private static Measured together(int right) {
        return new Measured("way: together", List.of("photo", "title"), evaluation(right));
    }

    private static Measured measured(String part, int right) {
        return new Measured("way: " + part, List.of(part), evaluation(right));
    }

    private static Evaluation evaluation(int right) {
        float[][] probabilities = new float[TEST][];
        for (int i = 0; i < TEST; i++) {
            probabilities[i] = i < right ? new float[] {0.9f, 0.1f} : new float[] {0.1f, 0.9f};
        }
        return new Evaluation(probabilities, new int[TEST], TARGET.classes());
    }
}
