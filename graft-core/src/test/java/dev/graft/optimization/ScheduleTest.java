package dev.graft.optimization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleTest {
    @ParameterizedTest
    @CsvSource({
        "CONSTANT, 0, 1",
        "CONSTANT, 100, 1",
        "COSINE, 0, 1",
        "COSINE, 25, 0.8535533905932737",
        "COSINE, 50, 0.5",
        "COSINE, 75, 0.1464466094067262",
        "COSINE, 100, 0",
        "ONE_CYCLE, 0, 0.04",
        "ONE_CYCLE, 10, 0.3716718427",
        "ONE_CYCLE, 25, 1",
        "ONE_CYCLE, 50, 0.7500025",
        "ONE_CYCLE, 75, 0.2500075",
        "ONE_CYCLE, 100, 0.00001",
        "LINEAR_WARM_UP, 0, 0.1",
        "LINEAR_WARM_UP, 9, 1",
        "LINEAR_WARM_UP, 10, 0.9891304348",
        "LINEAR_WARM_UP, 100, 0.0108695652"
    })
    void theFactorOfAStepOutOfAHundredAndOne(Schedule schedule, long step, double factor) {
        assertThat(schedule.factor(step, 101)).isCloseTo(factor, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource(Schedule.class)
    void staysBetweenZeroAndOne(Schedule schedule) {
        for (long total = 1; total < 40; total++) {
            for (long step = 0; step < total; step++) {
                assertThat(schedule.factor(step, total)).isBetween(0.0, 1.0);
            }
        }
    }

    @Test
    void theFirstStepOfAPhaseOfOneStepTrains() {
        assertThat(Schedule.COSINE.factor(0, 1)).isEqualTo(1);
        assertThat(Schedule.ONE_CYCLE.factor(0, 1)).isCloseTo(0.04, within(1e-12));
    }
}
