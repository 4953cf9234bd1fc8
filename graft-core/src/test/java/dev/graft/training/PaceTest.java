package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void whatComesBeforeTheFirstStepDoesNotMakeStepsSlow() {
        Pace pace = new Pace(100, 0, () -> left(1000), nanos::get);
        nanos.addAndGet(500_000_000_000L);
        pace.begin();

        assertThat(run(pace, 1)).hasSize(100);
        assertThat(pace.leftOut()).isZero();
    }

    @Test
    void withoutALimitEveryStepIsTaken() {
        Pace pace = new Pace(100, 0, () -> Double.POSITIVE_INFINITY, nanos::get);

        assertThat(run(pace, 1000)).hasSize(100).startsWith(0L, 1L, 2L).endsWith(98L, 99L);
        assertThat(pace.leftOut()).isZero();
    }

    @Test
    void withTimeEnoughEveryStepIsTaken() {
        Pace pace = new Pace(100, 0, () -> left(1000), nanos::get);

        assertThat(run(pace, 1)).hasSize(100).endsWith(98L, 99L);
        assertThat(pace.leftOut()).isZero();
    }

    @Test
    void slowStepsAreFewerAndTheScheduleStillEnds() {
        Pace pace = new Pace(1000, 0, () -> left(100), nanos::get);

        List<Long> scheduled = run(pace, 1);

        assertThat(nanos.get() / 1e9).isLessThanOrEqualTo(100);
        assertThat(scheduled).hasSizeBetween(80, 100).isSorted();
        assertThat(scheduled.get(scheduled.size() - 1)).isGreaterThan(970);
        assertThat(pace.leftOut()).isEqualTo(1000 - scheduled.size());
    }

    @Test
    void stepsThatBecomeFasterAreNotLeftOut() {
        Pace pace = new Pace(200, 0, () -> left(150), nanos::get);
        for (int i = 0; i < 10; i++) {
            nanos.addAndGet(2_000_000_000L);
            pace.stepDone();
        }
        double before = pace.scheduled();

        List<Long> rest = run(pace, 0.1);

        assertThat(before).isEqualTo(10);
        assertThat(rest.size()).isGreaterThan(160);
    }

    @Test
    void whatWentOnBeforeIsNotDoneAgain() {
        Pace pace = new Pace(100, 40, () -> Double.POSITIVE_INFINITY, nanos::get);

        assertThat(run(pace, 1)).hasSize(60).startsWith(40L).endsWith(99L);
        assertThat(pace.leftOut()).isZero();
    }

    @Test
    void nothingIsTrainedOnceTheTimeIsSpent() {
        Pace pace = new Pace(100, 0, () -> 0, nanos::get);

        assertThat(run(pace, 1)).containsExactly(0L);
    }

    private double left(double seconds) {
        return seconds - nanos.get() / 1e9;
    }

    /** The places in the schedule of the steps that are taken. */
    private List<Long> run(Pace pace, double seconds) {
        List<Long> scheduled = new ArrayList<>();
        while (!pace.isOver()) {
            scheduled.add(pace.scheduled());
            nanos.addAndGet((long) (seconds * 1e9));
            pace.stepDone();
        }
        return scheduled;
    }
}
