package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.graft.data.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Real texts in two languages, with the embedded models, frozen; skipped where $GRAFT_DATA has none. */
@Tag("data")
@Tag("slow")
class TextDataIT {
    @TempDir
    private Path folder;

    @Test
    void englishSentencesAreToldApart() {
        Path data = find("sst2", "train.tsv");
        JsonNode result = fit(
                "--data",
                data.toString(),
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
    void chineseReviewsGoToTheChineseModelByTheirScript() {
        Path data = find("waimai", "waimai_10k.csv");
        JsonNode result = fit("--data", data.toString(), "--text-column", "review");

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

    private static Path find(String name, String file) {
        Path found =
                Environment.system().dataDirectory(name).orElse(Path.of(name)).resolve(file);
        assumeTrue(
                Files.isRegularFile(found),
                "Skipped: there is no " + file + " in $GRAFT_DATA/" + name + " (" + found + ").");
        return found;
    }
}
