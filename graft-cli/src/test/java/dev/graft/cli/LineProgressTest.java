package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineProgressTest {
    private final List<String> lines = new ArrayList<>();
    private long now = Long.MAX_VALUE - 1; // overflows at once: only differences may count

    @Test
    void shortWorkPrintsNothing() {
        try (LineProgress progress = progress(100)) {
            progress.advanceTo(50, "");
            after(4);
            progress.advanceTo(100, "");
        }
        assertThat(lines).isEmpty();
    }

    @Test
    void linesAreAFewSecondsApart() {
        try (LineProgress progress = progress(100)) {
            for (int step = 1; step <= 13; step++) {
                after(1);
                progress.advanceTo(step, step == 5 ? "loss 0.5" : "");
            }
        }
        assertThat(lines)
                .containsExactly(
                        "Training: 5 of 100 (5%), 5 s, loss 0.5",
                        "Training: 10 of 100 (10%), 10 s", "Training: 13 of 100 in 13 s");
    }

    @Test
    void nothingToDoIsAllDone() {
        try (LineProgress progress = progress(0)) {
            after(6);
            progress.advanceTo(0, "");
        }
        assertThat(lines).first().isEqualTo("Training: 0 of 0 (100%), 6 s");
    }

    private LineProgress progress(long total) {
        return new LineProgress(lines::add, () -> now, "Training", total);
    }

    private void after(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }
}
