package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a program reads that starts the command with {@code --json}. */
class JsonFailuresTest {
    private static JsonNode failure(CommandRun run) {
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1);
        return JsonText.of(run.err());
    }

    @Test
    void aFailureIsOneObjectOnStandardError() {
        CommandRun run = CommandRun.of("inspect", "no-such-backbone", "--json");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(failure(run).get("error").asString()).contains("no-such-backbone");
        assertThat(failure(run).get("kind").asString()).endsWith("Exception");
    }

    @Test
    void soIsAMistypedOption() {
        CommandRun run = CommandRun.of("backbones", "--json", "--no-such");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(failure(run).get("error").asString()).contains("--no-such", "--help");
        assertThat(failure(run).get("kind").asString()).isEqualTo("WrongUsage");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--json bakbones",
                "--json=true bakbones",
                "backbones --json surplus",
                "fit --epochs --json",
                "fit --epochs few --json",
                "fit --json --json",
                "help no-such --json",
                "--json",
                "predict caf\uFFFD.png --json"
            })
    void soIsWhateverFailsBeforeACommandRuns(String line) {
        CommandRun run = CommandRun.of(line.split(" "));

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(failure(run).get("error").asString()).isNotEmpty();
        assertThat(failure(run).get("kind").asString()).isNotEmpty();
    }

    @Test
    void withoutTheOptionItIsText() {
        assertThat(CommandRun.of("backbones", "--no-such").err()).startsWith("'--no-such'");
        assertThat(CommandRun.of("predict", "caf\uFFFD.png").err()).startsWith("An argument");
        assertThat(CommandRun.of("backbones", "--no-such", "--json=false").err())
                .startsWith("'--no-such'");
    }

    @Test
    void whatStandsBehindTheEndOfTheOptionsIsNotTheOption() {
        assertThat(CommandRun.of("backbones", "--no-such", "--", "--json").err())
                .startsWith("'--no-such'");
    }
}
