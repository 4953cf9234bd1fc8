package dev.graft.selection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PortionsTest {
    private static final Portions WHOLE = new Portions(7000, 1500);

    @Test
    void everythingIsTakenWhereThereIsTimeForIt() {
        assertThat(Portions.of(WHOLE, 1000, 7500)).isEqualTo(WHOLE);
    }

    @Test
    void whatIsWatchedHasItsShareOfLittleTime() {
        assertThat(Portions.of(WHOLE, 1000, 2000)).isEqualTo(new Portions(2700, 300));
    }

    @Test
    void aFewAreWatchedHoweverLittleTimeThereIs() {
        assertThat(Portions.of(WHOLE, 200, 10)).isEqualTo(new Portions(200, 50));
        assertThat(Portions.of(new Portions(7000, 20), 200, 10)).isEqualTo(new Portions(200, 20));
    }

    @Test
    void whatLearningNeedsNoTimeForGoesToWhatIsWatched() {
        assertThat(Portions.of(new Portions(1000, 1500), 1000, 900)).isEqualTo(new Portions(1000, 900));
    }

    @Test
    void nothingIsWatchedWhereThereIsNothing() {
        assertThat(Portions.of(new Portions(7000, 0), 1000, 500)).isEqualTo(new Portions(1500, 0));
    }
}
