package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.graft.data.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A third of real texts in two languages, with the embedded models, frozen; skipped where $GRAFT_DATA has none. */
@Tag("data")
@Tag("slow")
class TextDataIT {
    @TempDir
    private Path folder;

    @Test
    void englishSentencesAreToldApart() throws IOException {
        Path data = find("sst2", "train.tsv");
        JsonNode result = fit(
                "--data",
                third(data).toString(),
                "--test",
                data.resolveSibling("test.tsv").toString(),
                "--no-header",
                "--backbone",
                "minilm-l6");

        assertThat(result.path("target").path("test").asInt()).isEqualTo(1821);
        assertThat(result.path("results").path(0).path("testAccuracy").asDouble())
                .isGreaterThanOrEqualTo(0.80);
    }

    @Test
    void chineseReviewsGoToTheChineseModelByTheirScript() throws IOException {
        Path data = find("waimai", "waimai_10k.csv");
        JsonNode result = fit("--data", third(data).toString(), "--text-column", "review");

        assertThat(result.path("source").path("backbone").asString()).isEqualTo("bge-small-zh");
        assertThat(result.path("results").path(0).path("testAccuracy").asDouble())
                .isGreaterThanOrEqualTo(0.85);
    }

    private JsonNode fit(String... options) {
        List<String> line = new ArrayList<>(List.of(
                "fit",
                "--strategy",
                "feature-extraction",
                "--out",
                folder.resolve("run").toString(),
                "--json"));
        line.addAll(List.of(options));
        CommandRun fit = CommandRun.of(line.toArray(new String[0]));
        assertThat(fit.exitCode()).as(fit.err()).isEqualTo(ExitCode.DONE);
        return JsonText.line(fit);
    }

    /** Every third line, the first among them, which may name the columns. */
    private Path third(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return Files.write(
                folder.resolve(String.valueOf(file.getFileName())),
                IntStream.range(0, lines.size())
                        .filter(i -> i % 3 == 0)
                        .mapToObj(lines::get)
                        .toList());
    }

    private static Path find(String name, String file) {
        Path found =
                Environment.system().dataDirectory(name).orElse(Path.of(name)).resolve(file);
        assumeTrue(
                Files.isRegularFile(found),
                "Skipped: there is no " + file + " in $GRAFT_DATA/" + name + " (" + found + ").");
        return found;
    }
}
