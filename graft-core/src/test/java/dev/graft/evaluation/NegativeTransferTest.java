package dev.graft.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.result.Difference;
import dev.graft.result.Interval;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegativeTransferTest {
    @ParameterizedTest
    @CsvSource({
        "-0.4, -0.3, true",
        "-0.4, -1e-9, true",
        "-0.4, 0, false",
        "-0.4, 0.1, false",
        "0.1, 0.2, false",
        "0, 0, false"
    })
    void transferIsNegativeOnlyIfItsWholeIntervalLiesBelowZero(double lower, double upper, boolean negative) {
        Difference difference =
                new Difference((lower + upper) / 2, new Interval(lower, upper), "student-t over seeds", 5);

        assertThat(NegativeTransfer.isNegative(difference)).isEqualTo(negative);
    }
}
