package dev.graft.optimization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Agrees with scikit-learn's LogisticRegression on standardised features, C = 1 / penalty, to 1e-3. */
class LogisticSolverTest {
    private static final double TOLERANCE = 1e-3;

    static Stream<JsonNode> regressions() {
        return Reference.cases("regressions");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("regressions")
    void coefficientsFoldedBackAgreeWithScikitLearn(JsonNode expected) {
        LogisticSolver.Solution solution = solve(expected);

        double[] weights = Reference.doubles(expected.get("weights"));
        double[] scale = Reference.doubles(expected.get("scale"));
        assertThat(solution.weights()).hasSameSizeAs(weights);
        for (int i = 0; i < weights.length; i++) {
            // On the standardised scale, where all coefficients are of a size.
            double unit = scale[i % scale.length];
            assertThat(solution.weights()[i] * unit)
                    .as("coefficient " + i)
                    .isCloseTo(weights[i] * unit, within(TOLERANCE));
        }
        double[] biases = Reference.doubles(expected.get("biases"));
        assertThat(solution.biases()).hasSameSizeAs(biases);
        for (int k = 0; k < biases.length; k++) {
            assertThat((double) solution.biases()[k])
                    .as("bias " + k)
                    .isCloseTo(biases[k], within(TOLERANCE * Math.max(1, Math.abs(biases[k]))));
        }
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("regressions")
    void probabilitiesAgreeWithScikitLearn(JsonNode expected) {
        LogisticSolver.Solution solution = solve(expected);

        float[] features = Reference.floats(expected.get("features"));
        int width = expected.get("width").asInt();
        int classes = expected.get("classes").asInt();
        double[] probabilities = Reference.doubles(expected.get("probabilities"));
        for (int row = 0; row * width < features.length; row++) {
            float[][] found =
                    CrossEntropy.probabilities(solution.logits(features, row * width), solution.biases().length);
            for (int c = 0; c < classes; c++) {
                assertThat((double) found[0][c]).isCloseTo(probabilities[row * classes + c], within(TOLERANCE));
            }
        }
    }

    @Test
    void aFeatureThatNeverChangesGetsNoWeight() {
        float[] features = {0, 5, 1, 5, 2, 5, 3, 5};

        LogisticSolver.Solution solution = LogisticSolver.solve(features, 2, new int[] {0, 0, 1, 1}, 2, 1);

        assertThat(solution.weights()[0]).isPositive();
        assertThat(solution.weights()[1]).isZero();
    }

    @Test
    void separableRowsAreAllClassifiedRightWithFiniteCoefficients() {
        float[] features = {-1e6f, -1e-6f, 1e-6f, 1e6f};

        LogisticSolver.Solution solution = LogisticSolver.solve(features, 1, new int[] {0, 0, 1, 1}, 2, 1e-9);

        assertThat(solution.logits(features, 0)[0]).isNegative();
        assertThat(solution.logits(features, 3)[0]).isPositive();
        assertThat(solution.weights()[0]).isFinite();
    }

    @Test
    void theSameRowsGiveTheSameBits() {
        JsonNode first = regressions().findFirst().orElseThrow();

        assertThat(Arrays.equals(solve(first).weights(), solve(first).weights()))
                .isTrue();
    }

    private static LogisticSolver.Solution solve(JsonNode expected) {
        return LogisticSolver.solve(
                Reference.floats(expected.get("features")),
                expected.get("width").asInt(),
                Reference.integers(expected.get("labels")),
                expected.get("classes").asInt(),
                expected.get("penalty").asDouble());
    }
}
