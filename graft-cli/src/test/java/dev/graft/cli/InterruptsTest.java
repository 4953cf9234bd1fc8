package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class InterruptsTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Integer> left = new ArrayList<>();
    private final Interrupts interrupts =
            new Interrupts(new Console(new ByteArrayOutputStream(), err, Terminal.none()), left::add);

    @Test
    void theFirstAsksTheWorkToStopAndTheSecondLeavesAtOnce() {
        BooleanSupplier stopRequested = interrupts::stopWasRequested;
        assertThat(stopRequested.getAsBoolean()).isFalse();

        interrupts.interrupt();
        assertThat(stopRequested.getAsBoolean()).isTrue();
        assertThat(left).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("again to leave at once");

        interrupts.interrupt();
        assertThat(left).containsExactly(ExitCode.INTERRUPTED);
    }
}
