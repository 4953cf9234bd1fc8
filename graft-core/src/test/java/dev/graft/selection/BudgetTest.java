package dev.graft.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.error.SettingsException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private final AtomicLong nanos = new AtomicLong(7);

    @Test
    void whatIsSpentBeforeItsStartCounts() {
        Budget budget = of(30, 4);
        pass(6);

        assertThat(budget.elapsed()).isCloseTo(10, within(1e-9));
        assertThat(budget.left()).isCloseTo(20, within(1e-9));
        assertThat(budget.seconds()).isEqualTo(30);
    }

    @Test
    void withoutALimitThereIsTimeForEverything() {
        Budget budget = Budget.unlimited();

        assertThat(budget.isLimited()).isFalse();
        assertThat(budget.left()).isInfinite();
        assertThat(budget.kept()).isZero();
        assertThat(budget.affords(1e9, "anything")).isTrue();
        assertThat(budget.leftOut()).isEmpty();
    }

    @Test
    void whatItHasNoTimeForIsNoted() {
        Budget budget = of(60, 0);
        pass(45);

        assertThat(budget.affords(5, "probes")).isTrue();
        assertThat(budget.affords(15 - budget.kept() + 0.1, "heat maps")).isFalse();
        assertThat(budget.leftOut()).containsExactly("heat maps");
    }

    @Test
    void aChoiceHasWhatIsNotKeptForWhatFollows() {
        Budget budget = of(60, 10);
        Clock clock = new Clock(budget, () -> 12);
        pass(8);

        assertThat(clock.elapsed()).isCloseTo(8, within(1e-9));
        assertThat(clock.left()).isCloseTo(60 - 10 - 8 - 12, within(1e-9));
        assertThat(new Clock(Budget.unlimited()).left()).isInfinite();
    }

    @Test
    void aBudgetOfNothingIsRefused() {
        assertThatThrownBy(() -> Budget.of(Duration.ZERO)).isInstanceOf(SettingsException.class);
    }

    private Budget of(int seconds, int spent) {
        return Budget.timedBy(nanos::get, Duration.ofSeconds(seconds), Duration.ofSeconds(spent));
    }

    private void pass(int seconds) {
        nanos.addAndGet(seconds * 1_000_000_000L);
    }
}
