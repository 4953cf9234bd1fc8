package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What was guessed of the data, and what is odd about it, is said once, and stands in the results. */
class DataNotesIT {
    private static final String COLUMNS = "../graft-text/src/test/resources/columns/";

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

    @Test
    void aJsonArrayIsRead() {
        CommandRun run = CommandRun.of(
                "fit",
                "--data",
                COLUMNS + "arr.json",
                "--strategy",
                "bag-of-words",
                "--out",
                folder.resolve("run").toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
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
