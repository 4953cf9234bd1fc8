package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What was guessed of the data, and what is odd about it, is said once, and stands in the results. */
class DataNotesIT {
    private static final String COLUMNS = "../graft-core/src/test/resources/columns/";

    @TempDir
    private Path folder;

    @Test
    void guessesAndRepeatedExamplesAreSaidOnceAndStandInTheResults() throws IOException {
        String same = Files.readString(Path.of(COLUMNS + "semi.csv"))
                .replaceFirst("text;label", "Sentence|Class")
                .replace(';', '|');
        Path test = Files.writeString(folder.resolve("test.csv"), same.stripTrailing() + "\na joy|neg\n");
        Path out = folder.resolve("run");

        CommandRun run = CommandRun.of(
                "fit",
                "--data",
                COLUMNS + "semi.csv",
                "--test",
                test.toString(),
                "--strategy",
                "bag-of-words",
                "--out",
                out.toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        String separators = "semi.csv: its columns are separated by ';'";
        String repeated = "test examples are training examples too, word for word, such as ";
        String contradicted =
                "1 example occurs under two labels, word for word, such as 'a joy' as pos and 'a joy' as neg";
        assertThat(run.err())
                .containsOnlyOnce(separators)
                .containsOnlyOnce(repeated)
                .containsOnlyOnce(contradicted);
        JsonNode metrics = JsonText.of(Files.readString(out.resolve("metrics.json")));
        assertThat(metrics.get("notes").toString()).contains(separators, repeated, contradicted, "separated by '|'");
        assertThat(Files.readString(out.resolve("report.html"))).contains("separated by", "two labels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"arr.json", "caps.csv"})
    void aJsonArrayAndAHeaderInAnyCaseAreRead(String name) {
        CommandRun run = CommandRun.of(
                "fit",
                "--data",
                COLUMNS + name,
                "--strategy",
                "bag-of-words",
                "--out",
                folder.resolve("run").toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aColumnOfPartsDividesTextsAndItsTestPartJudges() throws IOException {
        StringBuilder rows = new StringBuilder("Text,Label,SPLIT\n");
        for (int i = 0; i < 40; i++) {
            rows.append(i % 2 == 0 ? "fine work " : "dull stuff ")
                    .append(i)
                    .append(i % 2 == 0 ? ",good," : ",bad,")
                    .append(i < 30 ? "train\n" : "test\n");
        }
        Path file = Files.writeString(folder.resolve("a.csv"), rows);
        Path out = folder.resolve("run");

        CommandRun run = CommandRun.of(
                "fit", "--data", file.toString(), "--strategy", "bag-of-words", "--out", out.toString(), "--json");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(JsonText.line(run).path("target").path("test").asInt()).isEqualTo(10);

        CommandRun measured = CommandRun.of("evaluate", out.toString(), "--data", file.toString(), "--json");
        assertThat(measured.exitCode()).as(measured.err()).isEqualTo(ExitCode.DONE);
        assertThat(JsonText.line(measured).path("examples").asInt()).isEqualTo(10);
        assertThat(measured.err()).containsOnlyOnce("its test part alone judges, 10 of 40 rows");
    }

    @Test
    void columnsThatSayNothingAreListedWithTheOptions() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "id,words,stars\n1,fine,5\n2,bad,1\n");

        CommandRun run = CommandRun.of(
                "fit", "--data", file.toString(), "--out", folder.resolve("run").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .contains("id, words, stars", "--text-column", "--label-column", "--image-column", "--no-header")
                .doesNotContain("list of images lacks");
        assertThat(folder.resolve("run")).doesNotExist();
    }
}
