package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraftTest {
    @Test
    void versionNamesGraftAndJava() {
        CommandRun run = CommandRun.of("--version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("graft ").contains("java " + System.getProperty("java.version"));
        assertThat(run.out()).doesNotContain("${").doesNotContain("unknown");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void helpListsTheCommandsOnStandardOutput(String ask) {
        CommandRun run = CommandRun.of(ask);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: graft").contains("Commands:").contains("Examples:");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void helpFitsAnEightyColumnScreenOrALittleMore() {
        assertThat(CommandRun.of("--help").out().lines()).allMatch(line -> line.length() <= 92);
    }

    @Test
    void helpOfACommandShowsItsOwnOptionsAndThoseOfEveryCommand() {
        CommandRun byOption = CommandRun.of(new TryCommand(), "try", "--help");
        CommandRun byCommand = CommandRun.of(new TryCommand(), "help", "try");

        assertThat(byOption.exitCode()).isZero();
        assertThat(byOption.out()).contains("--epochs").contains("--verbose").doesNotContain("--secret");
        assertThat(byCommand.out()).isEqualTo(byOption.out());
    }

    @Test
    void noCommandShowsTheHelpAndIsWrongUsage() {
        CommandRun run = CommandRun.of();

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Usage: graft");
    }

    @Test
    void theExitCodeIsTheCommands() {
        assertThat(CommandRun.of(new TryCommand(), "try").exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(CommandRun.of(new TryCommand(() -> ExitCode.FAILED), "try").exitCode())
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void optionsOfEveryCommandMayStandBeforeOrAfterItsName() {
        CommandRun before = CommandRun.of(failing(), "--verbose", "try");
        CommandRun after = CommandRun.of(failing(), "try", "--verbose");

        assertThat(before.err()).contains("\tat dev.graft.cli.");
        assertThat(after.err()).contains("\tat dev.graft.cli.");
    }

    @Test
    void anArgumentThatStartsWithAnAtSignIsAName() {
        assertThat(CommandRun.of(new TryCommand(), "try", "@images").err()).contains("'@images'");
    }

    private static TryCommand failing() {
        return new TryCommand(() -> {
            throw new IllegalStateException("on purpose");
        });
    }
}
