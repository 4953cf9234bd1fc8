package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a command whose results cannot be written. */
class LostOutputTest {
    private static final String FULL = "No space left on device";
    private static final String NO_READER = "Broken pipe";

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--version",
                "help",
                "fit --help",
                "backbones",
                "backbones --json",
                "inspect digits-cnn"
            })
    void aFullDiskFailsEveryCommandThatPrints(String command) {
        assertThat(run(failing(FULL, 0), err, command.split(" "))).isEqualTo(ExitCode.FAILED);
        assertThat(text())
                .containsOnlyOnce("The result could not be written to standard output.")
                .contains(FULL, "to fix")
                .doesNotContain("\tat ");
    }

    @Test
    void aDiskThatIsFullHalfWayFailsToo() {
        assertThat(run(failing(FULL, 100), err, "backbones")).isEqualTo(ExitCode.FAILED);
        assertThat(text()).contains(FULL);
    }

    @Test
    void aDiskThatIsFullOnlyAtTheFlushFailsToo() {
        OutputStream late = new OutputStream() {
            @Override
            public void write(int octet) {}

            @Override
            public void flush() throws IOException {
                throw new IOException(FULL);
            }
        };

        assertThat(run(late, err, "inspect", "digits-cnn", "--json")).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void whoStopsReadingAPipeGetsNoMessage() {
        assertThat(run(failing(NO_READER, 10), err, "backbones")).isEqualTo(ExitCode.PIPE_CLOSED);
        assertThat(text()).isEmpty();
    }

    @Test
    void resultsOneByOneStopAtTheFirstThatIsLost() {
        Console console = new Console(failing(FULL, 3), err, Terminal.none());
        console.configure(new Console.Mode(true, false, false));
        int[] printed = new int[1];
        TryCommand command = new TryCommand(() -> {
            try (ResultList<List<Integer>> results = console.results()) {
                for (int i = 0; i < 100; i++) {
                    results.add(List.of(i), "");
                    printed[0]++;
                }
            }
            return ExitCode.DONE;
        });

        assertThat(Graft.run(Graft.commandLine(console, command), console, "try", "--json"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(printed[0]).isLessThan(100);
    }

    @Test
    void withoutStandardErrorTheResultArrivesAllTheSame() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OutputStream noErrors = failing(FULL, 0);
        Console console = new Console(out, noErrors, new Terminal(true, 80, true, StandardCharsets.UTF_8));
        TryCommand command = new TryCommand(() -> {
            console.note("working");
            try (Progress progress = console.progress("Working", 2)) {
                progress.advanceTo(1, "");
            }
            console.result("done", "done");
            return ExitCode.DONE;
        });

        assertThat(Graft.run(Graft.commandLine(console, command), console, "try"))
                .isEqualTo(ExitCode.DONE);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("done\n");
    }

    private static int run(OutputStream out, OutputStream err, String... arguments) {
        Console console = new Console(out, err, Terminal.none());
        return Graft.run(Graft.commandLine(console), console, arguments);
    }

    /** A stream that takes some bytes and then fails for good. */
    private static OutputStream failing(String reason, int after) {
        return new OutputStream() {
            private int taken;

            @Override
            public void write(int octet) throws IOException {
                if (taken++ >= after) {
                    throw new IOException(reason);
                }
            }
        };
    }

    private String text() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
