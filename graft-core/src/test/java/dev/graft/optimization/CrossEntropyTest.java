package dev.graft.optimization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Agrees with PyTorch's losses in float64, extreme logits included, to a relative 1e-12; gradients to float32. */
class CrossEntropyTest {
    static Stream<JsonNode> references() {
        return Reference.cases("crossEntropies");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("references")
    void lossesAgreeWithPyTorch(JsonNode expected) {
        int width = expected.get("width").asInt();
        float[] logits = Reference.floats(expected.get("logits"));
        int[] labels = Reference.integers(expected.get("labels"));
        double[] losses = Reference.doubles(expected.get("losses"));
        for (int row = 0; row < labels.length; row++) {
            float[] one = Arrays.copyOfRange(logits, row * width, (row + 1) * width);

            double loss =
                    CrossEntropy.measure(one, width, labels, row, new float[0]).lossSum();

            assertThat(loss)
                    .as(Arrays.toString(one))
                    .isCloseTo(losses[row], within(1e-12 * Math.max(1, Math.abs(losses[row]))));
        }
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("references")
    void theGradientOfTheMeanLossAgreesWithPyTorch(JsonNode expected) {
        float[] logits = Reference.floats(expected.get("logits"));
        float[] gradient = new float[logits.length];

        CrossEntropy.measure(
                logits, expected.get("width").asInt(), Reference.integers(expected.get("labels")), 0, gradient);

        double[] wanted = Reference.doubles(expected.get("gradient"));
        for (int i = 0; i < wanted.length; i++) {
            assertThat((double) gradient[i]).isCloseTo(wanted[i], within(1e-8));
        }
    }

    /** The smoothed loss, written out, by central differences. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theGradientWithSmoothedLabelsIsThatOfTheSmoothedLoss(int width) {
        float[] logits = width == 1 ? new float[] {0.7f, -1.2f} : new float[] {0.7f, -0.2f, 1.1f, -1.2f, 0.4f, 0.3f};
        int[] labels = {1, 0};
        float[] gradient = new float[logits.length];

        CrossEntropy.Outcome outcome =
                CrossEntropy.measure(logits, width, labels, 0, new CrossEntropy.Goal(new float[0], 0.2), 2, gradient);

        for (int i = 0; i < logits.length; i++) {
            float[] up = logits.clone();
            float[] down = logits.clone();
            up[i] += 1e-2f;
            down[i] -= 1e-2f;
            double slope = (smoothed(up, width, labels) - smoothed(down, width, labels)) / (up[i] - down[i]) / 2;
            assertThat((double) gradient[i]).isCloseTo(slope, within(1e-4));
        }
        // What is told is the loss of the labels as they are.
        assertThat(outcome.lossSum())
                .isEqualTo(CrossEntropy.measure(logits, width, labels, 0, new float[0])
                        .lossSum());
    }

    private static double smoothed(float[] logits, int width, int[] labels) {
        int classes = Math.max(2, width);
        double sum = 0;
        for (int row = 0; row < labels.length; row++) {
            float[] one = Arrays.copyOfRange(logits, row * width, (row + 1) * width);
            for (int c = 0; c < classes; c++) {
                double target = 0.2 / classes + (c == labels[row] ? 0.8 : 0);
                sum += target
                        * CrossEntropy.measure(one, width, new int[] {c}, 0, new float[0])
                                .lossSum();
            }
        }
        return sum;
    }

    @Test
    void countsTheRowsWhoseLargestLogitIsTheLabels() {
        float[] logits = {2, 1, 0, 0, 3, 1, 5, 5, 5};

        assertThat(CrossEntropy.measure(logits, 3, new int[] {0, 2, 0}, 0, new float[0])
                        .score())
                .isEqualTo(2);
        assertThat(CrossEntropy.measure(new float[] {0.1f, -0.1f, -3}, 1, new int[] {1, 1, 0}, 0, new float[0])
                        .score())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aLogitThatIsNotANumberReachesTheLoss(int width) {
        float[] logits = new float[width];
        logits[width - 1] = Float.NaN;

        assertThat(CrossEntropy.measure(logits, width, new int[] {0}, 0, new float[0])
                        .lossSum())
                .isNaN();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void probabilitiesSumToOne(int width) {
        float[] logits = new float[width * 2];
        logits[0] = 1e30f;
        logits[width] = -0.3f;

        for (float[] row : CrossEntropy.probabilities(logits, width)) {
            float sum = 0;
            for (float probability : row) {
                sum += probability;
            }
            assertThat(row).hasSize(Math.max(2, width));
            assertThat(sum).isCloseTo(1, within(1e-6f));
        }
    }
}
