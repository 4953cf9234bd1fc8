package dev.graft.optimization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.graft.error.SettingsException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Agrees with scikit-learn's LinearDiscriminantAnalysis, its covariance shrunken, on scaled features. */
class DiscriminantSolverTest {
    static Stream<JsonNode> discriminants() {
        return Reference.cases("discriminants", "discriminants");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("discriminants")
    void probabilitiesAgreeWithScikitLearn(JsonNode expected) {
        float[] features = Reference.floats(expected.get("features"));
        int width = expected.get("width").asInt();
        int classes = expected.get("classes").asInt();

        LogisticSolver.Solution solution = solve(
                features,
                width,
                Reference.integers(expected.get("labels")),
                classes,
                expected.get("shrinkage").asDouble(),
                expected.get("temperature").asDouble());

        double[] probabilities = Reference.doubles(expected.get("probabilities"));
        for (int row = 0; row * width < features.length; row++) {
            float[][] found =
                    CrossEntropy.probabilities(solution.logits(features, row * width), solution.biases().length);
            for (int c = 0; c < classes; c++) {
                assertThat((double) found[0][c]).isCloseTo(probabilities[row * classes + c], within(2e-3));
            }
        }
    }

    @Test
    void oneExampleOfEachClassIsToldByTheNearestMean() {
        float[] features = {0, 0, 4, 0, 0, 4};

        LogisticSolver.Solution solution = solve(features, 2, new int[] {0, 1, 2}, 3, 0.5, 1);

        for (int row = 0; row < 3; row++) {
            assertThat(largest(solution.logits(features, row * 2))).isEqualTo(row);
        }
        assertThat(largest(solution.logits(new float[] {1, 0.5f}, 0))).isZero();
    }

    @Test
    void aClassWithoutExamplesIsNeverTheLikeliest() {
        float[] features = {0, 1, 10, 11};

        LogisticSolver.Solution solution = solve(features, 1, new int[] {0, 0, 2, 2}, 3, 0.5, 1);

        assertThat(largest(solution.logits(new float[] {0}, 0))).isZero();
        assertThat(largest(solution.logits(new float[] {11}, 0))).isEqualTo(2);
        assertThat(solution.weights()).doesNotContain(Float.NaN);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN})
    void aShrinkageOutOfRangeIsRefused(double shrinkage) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> solve(new float[] {0, 1}, 1, new int[] {0, 1}, 2, shrinkage, 1))
                .withMessageContaining("above 0, at most 1");
    }

    private static LogisticSolver.Solution solve(
            float[] features, int width, int[] labels, int classes, double shrinkage, double temperature) {
        return DiscriminantSolver.solve(
                new LogisticSolver.Regression(features, width, labels, classes, new float[0], List.of(width), 1),
                shrinkage,
                temperature,
                DesignMatrix::inJava);
    }

    private static int largest(float[] logits) {
        int best = 0;
        for (int k = 1; k < logits.length; k++) {
            best = logits[k] > logits[best] ? k : best;
        }
        return best;
    }
}
