package dev.graft.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.graft.error.SettingsException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionSetsTest {
    private static final int CLASSES = 4;

    private final Random random = new Random(8);

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.8, 0.9, 0.97})
    void setsHoldTheTrueClassAsOftenAsIsAskedFor(double coverage) {
        // Over many draws, since that of one draw varies.
        double covered = 0;
        int draws = 60;
        for (int draw = 0; draw < draws; draw++) {
            Evaluation held = draw(300);
            Evaluation fresh = draw(500);
            PredictionSets sets = PredictionSets.of(held.probabilities(), held.truth(), coverage);
            covered += sets.assess(fresh).covered() / 500.0 / draws;
        }

        assertThat(covered).isCloseTo(coverage, within(0.012));
    }

    @Test
    void classesWithManyExamplesAreEachCovered() {
        double[] covered = new double[CLASSES];
        double[] seen = new double[CLASSES];
        for (int draw = 0; draw < 30; draw++) {
            Evaluation held = draw(1000);
            PredictionSets sets = PredictionSets.of(held.probabilities(), held.truth(), 0.9);
            Evaluation fresh = draw(500);
            for (int i = 0; i < 500; i++) {
                int label = fresh.truth()[i];
                seen[label]++;
                covered[label] += sets.of(fresh.probabilities()[i]).contains(label) ? 1 : 0;
            }
        }

        for (int label = 0; label < CLASSES; label++) {
            assertThat(covered[label] / seen[label]).isCloseTo(0.9, within(0.025));
        }
    }

    @Test
    void theMostProbableClassStandsFirstAndNothingMayFit() {
        float[][] held = new float[20][];
        int[] truth = new int[20];
        for (int i = 0; i < 20; i++) {
            held[i] = new float[] {0.8f, 0.2f};
        }
        PredictionSets sets = PredictionSets.of(held, truth, 0.9);

        assertThat(sets.of(new float[] {0.7f, 0.3f})).isEmpty();
        assertThat(sets.of(new float[] {0.1f, 0.9f})).isEqualTo(List.of(1));
        assertThat(PredictionSets.of(new float[][] {{0.3f, 0.7f}, {0.3f, 0.7f}}, new int[] {0, 0}, 0.5)
                        .of(new float[] {0.4f, 0.6f}))
                .containsExactly(1, 0);
    }

    @Test
    void tooMuchForTooFewIsRefused() {
        Evaluation held = draw(30);

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> PredictionSets.of(held.probabilities(), held.truth(), 0.99))
                .withMessageContaining("at least 99");
        for (double wrong : new double[] {0, 1, -1, Double.NaN}) {
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(() -> PredictionSets.of(held.probabilities(), held.truth(), wrong));
        }
    }

    /** Classes that are harder to tell the higher their label. */
    private Evaluation draw(int count) {
        float[][] probabilities = new float[count][CLASSES];
        int[] truth = new int[count];
        for (int i = 0; i < count; i++) {
            truth[i] = random.nextInt(CLASSES);
            double sum = 0;
            for (int k = 0; k < CLASSES; k++) {
                double sure = k == truth[i] ? 3.0 - 0.5 * k : 0;
                probabilities[i][k] = (float) Math.exp(sure + random.nextGaussian());
                sum += probabilities[i][k];
            }
            for (int k = 0; k < CLASSES; k++) {
                probabilities[i][k] /= (float) sum;
            }
        }
        return new Evaluation(probabilities, truth, List.of("a", "b", "c", "d"));
    }
}
