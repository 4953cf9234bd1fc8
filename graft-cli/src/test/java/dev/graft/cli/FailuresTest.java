package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private static final Problem PROBLEM = Problem.of("An image is too short.")
            .where("flowers/rose/1.png")
            .expected("64 bytes")
            .found("12 bytes")
            .fix("replace it");

    @Test
    void aMistakeOfTheUserIsToldWithoutAStackTrace() {
        CommandRun run = CommandRun.of(command(() -> throwing(new DataException(PROBLEM))), "try");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualToNormalizingNewlines(PROBLEM + "\n");
    }

    @Test
    void aWrongSettingIsWrongUsage() {
        CommandRun run = CommandRun.of(command(() -> throwing(new SettingsException(PROBLEM))), "try");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    }

    @Test
    void verboseShowsTheStackTraceOfAMistakeAndItsMessageOnce() {
        CommandRun run = CommandRun.of(command(() -> throwing(new DataException(PROBLEM))), "try", "--verbose");

        assertThat(run.err()).containsOnlyOnce("An image is too short.").contains("\tat dev.graft.cli.");
    }

    @Test
    void theUnexpectedIsOneLineHowToSeeMoreAndWhereToReport() {
        CommandRun run = CommandRun.of(command(() -> throwing(new IllegalStateException("one\ntwo"))), "try");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err().lines())
                .hasSize(3)
                .first()
                .isEqualTo("Graft stopped unexpectedly: IllegalStateException: one");
        assertThat(run.err()).contains("--verbose").contains("report").doesNotContain("\tat ");
    }

    @Test
    void verboseShowsTheStackTraceOfTheUnexpected() {
        CommandRun run = CommandRun.of(command(() -> throwing(new IllegalStateException("why"))), "try", "-v");

        assertThat(run.err()).contains("\tat dev.graft.cli.").contains("java.lang.IllegalStateException: why");
    }

    @Test
    void runningOutOfMemoryIsToldWithWhatToDo() {
        CommandRun run = CommandRun.of(
                command(() -> {
                    throw new OutOfMemoryError("Java heap space");
                }),
                "try");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .contains("Java heap space")
                .contains("GRAFT_JAVA_OPTS")
                .doesNotContain("\tat ");
    }

    private static TryCommand command(Callable<Integer> work) {
        return new TryCommand(work);
    }

    private static int throwing(RuntimeException exception) {
        throw exception;
    }
}
