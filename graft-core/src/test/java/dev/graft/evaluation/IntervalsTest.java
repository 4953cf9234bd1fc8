package dev.graft.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.error.SettingsException;
import dev.graft.result.Interval;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class IntervalsTest {
    static Stream<JsonNode> wilson() {
        return Expected.cases("wilson");
    }

    static Stream<JsonNode> student() {
        return Expected.cases("student");
    }

    @ParameterizedTest
    @MethodSource("wilson")
    void wilsonAgreesWithStatsmodels(JsonNode expected) {
        Interval interval = Intervals.wilson(
                expected.get("successes").asLong(), expected.get("trials").asLong());

        assertThat(interval.lower()).isCloseTo(Expected.interval(expected).lower(), within(1e-12));
        assertThat(interval.upper()).isCloseTo(Expected.interval(expected).upper(), within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("student")
    void studentTAgreesWithSciPy(JsonNode expected) {
        Interval interval = Intervals.studentT(Expected.doubles(expected.get("values")));

        assertThat(interval.lower()).isCloseTo(Expected.interval(expected).lower(), within(1e-10));
        assertThat(interval.upper()).isCloseTo(Expected.interval(expected).upper(), within(1e-10));
    }

    @Test
    void wilsonEndsExactlyAtTheEndsAndHasAWidthThere() {
        assertThat(Intervals.wilson(0, 200).lower()).isZero();
        assertThat(Intervals.wilson(0, 200).upper()).isBetween(0.01, 0.03);
        assertThat(Intervals.wilson(200, 200).upper()).isEqualTo(1);
        assertThat(Intervals.wilson(200, 200).lower()).isBetween(0.97, 0.99);
    }

    @Test
    void wilsonHoldsItsProportionAndStaysInRangeForAllSmallCounts() {
        for (int trials = 1; trials <= 60; trials++) {
            for (int successes = 0; successes <= trials; successes++) {
                Interval interval = Intervals.wilson(successes, trials);

                assertThat(interval.contains(successes / (double) trials)).isTrue();
                assertThat(interval.lower()).isBetween(0.0, 1.0);
                assertThat(interval.upper()).isBetween(0.0, 1.0);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, 10", "11, 10", "1, -1"})
    void countsThatAreNoProportionAreRefused(long successes, long trials) {
        assertThatThrownBy(() -> Intervals.wilson(successes, trials))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(successes + " of " + trials);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 1 / 3.0, 0.995, 1})
    void equalValuesGiveAPoint(double value) {
        assertThat(Intervals.studentT(new double[] {value, value, value})).isEqualTo(new Interval(value, value));
    }

    @Test
    void anAccuracysIntervalIsCutOffAtZeroAndOne() {
        assertThat(Intervals.studentTOfAccuracies(new double[] {0.9, 1})).satisfies(interval -> {
            assertThat(interval.upper()).isEqualTo(1);
            assertThat(interval.lower()).isBetween(0.3, 0.4);
        });
        assertThat(Intervals.studentTOfAccuracies(new double[] {0, 0.01}).lower())
                .isZero();
    }

    @Test
    void oneValueIsRefusedBecauseItHasNoSpread() {
        assertThatThrownBy(() -> Intervals.studentT(new double[] {0.9}))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("at least 2")
                .hasMessageContaining("found     1");
        assertThatThrownBy(() -> Intervals.studentT(new double[0])).isInstanceOf(SettingsException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aValueThatIsNotFiniteIsRefused(double value) {
        assertThatThrownBy(() -> Intervals.studentT(new double[] {0.5, value}))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("" + value);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void anAccuracyOutOfRangeIsRefused(double accuracy) {
        assertThatThrownBy(() -> Intervals.studentTOfAccuracies(new double[] {0.5, accuracy}))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("" + accuracy);
    }
}
