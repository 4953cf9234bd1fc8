package dev.graft.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.graft.error.SettingsException;
import dev.graft.statistics.ClassDistances.Distance;
import dev.graft.statistics.ClassDistances.LinearFunctions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Agrees with the inverse of the covariance as NumPy computes it. */
class ClassDistancesTest {
    static Stream<JsonNode> cases() {
        return References.cases("distances");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("cases")
    void distancesAgreeWithNumPy(JsonNode expected) {
        ClassDistances distances = distances(expected);
        int width = expected.get("width").asInt();
        float[] asked = References.floats(expected.get("asked"));

        for (int i = 0; i * width < asked.length; i++) {
            Distance found = distances.of(asked, i * width);

            double right = expected.get("distances").get(i).asDouble();
            double relative = expected.get("relative").get(i).asDouble();
            assertThat(found.nearest()).isEqualTo(expected.get("nearest").get(i).asInt());
            assertThat(found.distance()).isCloseTo(right, within(1e-4 * right));
            assertThat(found.relative()).isCloseTo(relative, within(2e-4 * right));
        }
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("cases")
    void discriminantsDifferAsTheLogarithmsOfDensitiesDo(JsonNode expected) {
        LinearFunctions found = distances(expected).discriminants();
        int width = expected.get("width").asInt();
        int classes = expected.get("classes").asInt();
        float[] asked = References.floats(expected.get("asked"));

        for (int i = 0; i * width < asked.length; i++) {
            double first = logit(found, asked, i, width, 0);
            for (int k = 0; k < classes; k++) {
                double right = expected.get("logits").get(i * classes + k).asDouble();
                assertThat(logit(found, asked, i, width, k) - first)
                        .isCloseTo(right, within(1e-3 * Math.max(1, Math.abs(right))));
            }
        }
    }

    @Test
    void whatSaysNothingIsRefused() {
        ClassStatistics alone = ClassStatistics.of(new float[] {1, 2, 3, 4}, 2, new int[] {0, 1}, 2);
        ClassStatistics constant = ClassStatistics.of(new float[] {1, 2, 1, 2}, 2, new int[] {0, 0}, 2);
        ClassStatistics fine = ClassStatistics.of(new float[] {1, 2, 3, 5}, 2, new int[] {0, 0}, 2);

        assertThat(alone.varies()).isFalse();
        assertThat(constant.varies()).isFalse();
        assertThat(fine.varies()).isTrue();
        refused(alone, List.of(2), 0.2);
        refused(constant, List.of(2), 0.2);
        refused(fine, List.of(3), 0.2);
        refused(fine, List.of(2), 0);
        refused(fine, List.of(2), 1.1);
        assertThat(ClassDistances.of(fine, List.of(2), 1)
                        .of(new float[] {2, 3.5f})
                        .distance())
                .isCloseTo(0, within(1e-9));
    }

    @Test
    void aClassWithoutExamplesIsNeverTheNearest() {
        ClassStatistics statistics = ClassStatistics.of(new float[] {1, 2, 3, 5, 2, 9}, 2, new int[] {0, 0, 2}, 3);

        ClassDistances distances = ClassDistances.of(statistics, List.of(2), 0.2);

        assertThat(distances.of(new float[] {0, 0}).nearest()).isZero();
        assertThat(distances.discriminants().biases()[1]).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    private static void refused(ClassStatistics statistics, List<Integer> blocks, double shrinkage) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> ClassDistances.of(statistics, blocks, shrinkage))
                .withMessageContaining("no distances");
    }

    private static double logit(LinearFunctions found, float[] rows, int row, int width, int label) {
        double sum = found.biases()[label];
        for (int f = 0; f < width; f++) {
            sum += (double) found.weights()[label * width + f] * rows[row * width + f];
        }
        return sum;
    }

    private static ClassDistances distances(JsonNode expected) {
        ClassStatistics statistics = ClassStatistics.of(
                References.floats(expected.get("rows")),
                expected.get("width").asInt(),
                References.integers(expected.get("labels")),
                expected.get("classes").asInt());
        return ClassDistances.of(
                statistics,
                References.list(expected.get("blocks")),
                expected.get("shrinkage").asDouble());
    }
}
