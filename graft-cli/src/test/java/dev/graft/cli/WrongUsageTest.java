package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongUsageTest {
    @Test
    void anUnknownCommandIsNamedWithTheNearest() {
        CommandRun run = CommandRun.of(new TryCommand(), "tyr");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualToNormalizingNewlines("""
                        'tyr' is not a command of graft.
                          meant     try?
                          help      graft --help
                        """);
    }

    @Test
    void anUnknownOptionIsNamedWithTheNearest() {
        CommandRun run = CommandRun.of(new TryCommand(), "try", "--epoch=3");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains("'--epoch=3' is not an option of graft try.");
        assertThat(run.err()).contains("meant     --epochs?").contains("graft try --help");
    }

    @Test
    void nothingIsSuggestedWhereNothingIsNear() {
        assertThat(CommandRun.of("photosynthesis").err()).doesNotContain("meant");
        assertThat(CommandRun.of(new TryCommand(), "try", "--secrets").err()).doesNotContain("--secret?");
    }

    @Test
    void helpForAnUnknownCommandIsWrongUsage() {
        CommandRun run = CommandRun.of(new TryCommand(), "help", "tri");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains("'tri' is not a command of graft.").contains("meant     try?");
    }

    @ParameterizedTest
    @CsvSource({"--help tyr", "tyr --help", "tyr --version", "try --epoch --help"})
    void askingForHelpDoesNotHideAMistake(String line) {
        CommandRun run = CommandRun.of(new TryCommand(), line.split(" "));

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(" is not a").contains("meant ");
    }

    @Test
    void anArgumentTooManyIsNamed() {
        CommandRun run = CommandRun.of(new TryCommand(), "try", "flowers");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains("'flowers' is not an argument of graft try.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --epochs            | -1        | a whole number, 1 or more
                    --epochs            | 2.5       | a whole number, 1 or more
                    --epochs            | 9999999999| a whole number, 1 or more
                    --batch-size        | 0         | a whole number, 1 or more
                    --seeds             | 0         | a whole number, 1 or more
                    --seeds             | many      | a whole number, 1 or more
                    --warmup-epochs     | -1        | a whole number, 0 or more
                    --seed              | 1e3       | a whole number
                    --learning-rate     | 0         | a number above 0 and at most 1
                    --learning-rate     | -0.1      | a number above 0 and at most 1
                    --learning-rate     | NaN       | a number above 0 and at most 1
                    --learning-rate     | Infinity  | a number above 0 and at most 1
                    --learning-rate     | 10        | a number above 0 and at most 1
                    --weight-decay      | -0.5      | a number, 0 or more
                    --weight-decay      | Infinity  | a number, 0 or more
                    --weight-decay      | NaN       | a number, 0 or more
                    --validation        | 1         | a number above 0 and below 1
                    --validation        | 20%       | a number above 0 and below 1
                    --dropout           | 1         | a number from 0 to below 1
                    """)
    void aValueOutOfRangeIsRefusedBeforeAnythingRuns(String option, String value, String expected) {
        TryCommand command = new TryCommand();

        CommandRun run = CommandRun.of(command, "try", option, value);

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(command.ran).isFalse();
        assertThat(run.err().lines())
                .containsExactly(
                        option + " cannot have this value.",
                        "  expected  " + expected,
                        "  found     " + value,
                        "  help      graft try --help");
    }

    @Test
    void everyPartOfAListIsChecked() {
        CommandRun run = CommandRun.of(new TryCommand(), "try", "--samples-per-class", "5,0,20");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains("--samples-per-class").contains("found     0");
    }

    @Test
    void anEmptyValueIsRefused() {
        assertThat(CommandRun.of(new TryCommand(), "try", "--epochs=").err()).contains("found     nothing");
    }

    @Test
    void anOptionWithoutItsValueIsNamed() {
        CommandRun run = CommandRun.of(new TryCommand(), "try", "--epochs");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains("--epochs").contains("graft try --help");
    }

    @Test
    void valuesInRangeArrive() {
        TryCommand command = new TryCommand();

        CommandRun run = CommandRun.of(
                command,
                "try",
                "--epochs=3",
                "--batch-size=1",
                "--warmup-epochs=0",
                "--seed=-7",
                "--learning-rate=1e-3",
                "--weight-decay=0",
                "--validation=0.2",
                "--dropout=0",
                "--samples-per-class=5,10,20");

        assertThat(run).isEqualTo(new CommandRun(ExitCode.DONE, "", ""));
        assertThat(command.epochs).isEqualTo(3);
        assertThat(command.seed).isEqualTo(-7);
        assertThat(command.learningRate).isEqualTo(0.001);
        assertThat(command.validation).isEqualTo(0.2);
        assertThat(command.samplesPerClass).containsExactly(5, 10, 20);
    }
}
