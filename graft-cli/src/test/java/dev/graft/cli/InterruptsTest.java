package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void aRequestToEndStopsCleanlyTooAndHasItsOwnCode() {
        interrupts.interrupt(ExitCode.TERMINATED);

        assertThat(interrupts.stopWasRequested()).isTrue();
        assertThat(interrupts.exitCode()).isEqualTo(ExitCode.TERMINATED);
        assertThat(interrupts.ended(ExitCode.INTERRUPTED)).isEqualTo(ExitCode.TERMINATED);
        assertThat(interrupts.ended(ExitCode.FAILED)).isEqualTo(ExitCode.FAILED);
        assertThat(left).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void aRealSignalArrives(String name) throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        OutputStream telling = new OutputStream() {
            @Override
            public void write(int octet) {
                told.countDown();
            }
        };
        Console console = new Console(OutputStream.nullOutputStream(), telling, Terminal.none());
        BooleanSupplier stopRequested = new Interrupts(console, left::add).listen();

        Class<?> signal = Class.forName("sun.misc.Signal");
        signal.getMethod("raise", signal)
                .invoke(null, signal.getConstructor(String.class).newInstance(name));

        assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(stopRequested.getAsBoolean()).isTrue();
        assertThat(left).isEmpty();
    }
}
