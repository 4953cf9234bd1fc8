package dev.graft.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.error.SettingsException;
import dev.graft.result.Difference;
import dev.graft.result.Interval;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class DifferencesTest {
    static Stream<JsonNode> seeds() {
        return Expected.cases("pairedSeeds");
    }

    static Stream<JsonNode> examples() {
        return Expected.cases("pairedExamples");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void overSeedsAgreesWithSciPysPairedTest(JsonNode expected) {
        Difference difference = Differences.overSeeds(
                Expected.doubles(expected.get("first")), Expected.doubles(expected.get("second")));

        assertThat(difference.mean()).isCloseTo(expected.get("mean").asDouble(), within(1e-12));
        assertThat(difference.interval().lower())
                .isCloseTo(Expected.interval(expected).lower(), within(1e-10));
        assertThat(difference.interval().upper())
                .isCloseTo(Expected.interval(expected).upper(), within(1e-10));
        assertThat(difference.pairs()).isEqualTo(expected.get("first").size());
        assertThat(difference.method()).isEqualTo("student-t over seeds");
    }

    @Test
    void theSignIsFirstMinusSecond() {
        Difference difference = Differences.overSeeds(new double[] {0.6, 0.62, 0.61}, new double[] {1, 1, 1});

        assertThat(difference.mean()).isCloseTo(-0.39, within(1e-12));
        assertThat(NegativeTransfer.isNegative(difference)).isTrue();
    }

    @Test
    void overSeedsIsCutOffWhereNoDifferenceLies() {
        assertThat(Differences.overSeeds(new double[] {1, 0}, new double[] {0, 1})
                        .interval())
                .isEqualTo(new Interval(-1, 1));
    }

    @Test
    void theSameDifferenceForEverySeedIsAPoint() {
        Difference difference = Differences.overSeeds(new double[] {0.75, 0.5}, new double[] {0.5, 0.25});

        assertThat(difference.interval()).isEqualTo(new Interval(0.25, 0.25));
    }

    /**
     * The first case, 1 and 7 of 21, is published: -0.517 to -0.026 (Fagerland, Lydersen and Laake, "Recommended tests and
     * confidence intervals for paired binomial proportions", Statistics in Medicine 33, 2014).
     */
    @ParameterizedTest
    @MethodSource("examples")
    void overExamplesIsTangosIntervalAndAgreesWithMcNemarsTest(JsonNode expected) {
        Difference difference = difference(
                expected.get("onlyFirst").asInt(),
                expected.get("onlySecond").asInt(),
                expected.get("examples").asInt());

        // The reference maximises a likelihood numerically, to about half of a double's digits.
        assertThat(difference.interval().lower())
                .isCloseTo(Expected.interval(expected).lower(), within(1e-7));
        assertThat(difference.interval().upper())
                .isCloseTo(Expected.interval(expected).upper(), within(1e-7));
        assertThat(!difference.interval().contains(0))
                .isEqualTo(expected.get("significant").asBoolean());
        assertThat(difference.method()).isEqualTo("paired by test example");
        assertThat(difference.pairs()).isEqualTo(expected.get("examples").asInt());
    }

    @Test
    void overExamplesHoldsItsEstimateStaysInRangeAndIsAntisymmetric() {
        for (int examples = 1; examples <= 12; examples++) {
            for (int first = 0; first <= examples; first++) {
                for (int second = 0; first + second <= examples; second++) {
                    Difference difference = difference(first, second, examples);
                    Difference mirrored = difference(second, first, examples);

                    assertThat(difference.mean()).isEqualTo((first - second) / (double) examples);
                    assertThat(difference.interval().contains(difference.mean()))
                            .isTrue();
                    assertThat(difference.interval().lower()).isGreaterThanOrEqualTo(-1);
                    assertThat(difference.interval().upper()).isLessThanOrEqualTo(1);
                    assertThat(mirrored.interval().upper())
                            .isCloseTo(-difference.interval().lower(), within(1e-9));
                }
            }
        }
    }

    @Test
    void strategiesThatAgreeOnEveryExampleStillHaveAnInterval() {
        assertThat(difference(0, 0, 200).interval()).satisfies(interval -> {
            assertThat(interval.lower()).isBetween(-0.02, -0.01);
            assertThat(interval.upper()).isBetween(0.01, 0.02);
        });
    }

    @Test
    void oneThatIsRightWhereTheOtherIsWrongEverywhereReachesTheEnd() {
        assertThat(difference(50, 0, 50).interval().upper()).isEqualTo(1);
        assertThat(difference(0, 50, 50).interval().lower()).isEqualTo(-1);
    }

    @Test
    void strategiesThatCannotBePairedAreRefused() {
        assertThatThrownBy(() -> Differences.overSeeds(new double[3], new double[2]))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("3 results")
                .hasMessageContaining("2 for the second");
        assertThatThrownBy(() -> Differences.overSeeds(new double[1], new double[1]))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("at least 2");
        assertThatThrownBy(() -> Differences.overExamples(new boolean[3], new boolean[2]))
                .isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> Differences.overExamples(new boolean[0], new boolean[0]))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("no test examples");
    }

    private static Difference difference(int onlyFirst, int onlySecond, int examples) {
        boolean[] first = new boolean[examples];
        boolean[] second = new boolean[examples];
        for (int i = 0; i < examples; i++) {
            boolean neither = i >= onlyFirst + onlySecond && i % 2 == 0;
            first[i] = !neither && (i < onlyFirst || i >= onlyFirst + onlySecond);
            second[i] = !neither && i >= onlyFirst;
        }
        return Differences.overExamples(first, second);
    }
}
