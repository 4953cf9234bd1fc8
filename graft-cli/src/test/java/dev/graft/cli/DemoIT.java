package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The worked example through the command; one run with one seed is looked at from all sides. */
class DemoIT {
    private static final String POOLED = "feature-extraction";
    private static final String TUTORIAL = "feature-extraction@dense";
    private static final String SCRATCH = "from-scratch";
    private static final List<String> STRATEGIES = List.of("auto", POOLED, TUTORIAL, "fine-tuning", SCRATCH);

    @TempDir
    private static Path folder;

    private static Path out = Path.of("");
    private static CommandRun run = new CommandRun(-1, "", "");
    private static String written = "";
    private static JsonNode metrics = JsonText.of("{}");

    @BeforeAll
    static void runTheDemoOnce() throws IOException {
        out = folder.resolve("demo");
        run = CommandRun.of("demo", "--seeds", "1", "--seed", "1", "--out", out.toString(), "--json");
        written = Files.readString(out.resolve("metrics.json"));
        metrics = JsonText.of(written);
    }

    @Test
    void itIsDoneAndEverythingIsThere() {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        for (String file : List.of(
                "report.html",
                "metrics.json",
                "history.csv",
                "figures/data-size-curve.png",
                "figures/comparison.png",
                "bundle/model.safetensors",
                "bundle/config.json",
                "bundle/labels.txt",
                "bundle/README.md")) {
            assertThat(out.resolve(file)).isNotEmptyFile();
        }
        assertThat(out.resolve("bundle/labels.txt")).hasContent("square\ncircle\n");
    }

    @Test
    void standardOutputIsTheOneJsonValueThatIsAlsoWritten() {
        assertThat(JsonText.line(run)).isEqualTo(metrics);
    }

    @Test
    void metricsHaveTheKeysThatOtherToolsRead() {
        JsonText.hasKeys(
                metrics,
                "command",
                "seed",
                "version",
                "hardware",
                "source",
                "target",
                "results",
                "curve",
                "verdict",
                "seconds");
        JsonText.hasKeys(metrics.get("hardware"), "cpu", "threads");
        JsonText.hasKeys(
                metrics.get("source"), "backbone", "pretrained", "data", "testAccuracy", "epochs", "seconds", "digest");
        JsonText.hasKeys(metrics.get("target"), "name", "classes", "train", "test", "digest");
        JsonText.hasKeys(metrics.get("verdict"), "recommended", "negativeTransfer", "because");
        for (JsonNode row : metrics.get("results")) {
            JsonText.hasKeys(
                    row,
                    "strategy",
                    "cut",
                    "pooling",
                    "head",
                    "testAccuracy",
                    "testLoss",
                    "interval",
                    "epochs",
                    "featureSeconds",
                    "trainSeconds",
                    "trainableParameters",
                    "totalParameters",
                    "history");
            assertThat(row.get("interval").size()).isEqualTo(2);
            for (JsonNode epoch : row.get("history")) {
                JsonText.hasKeys(epoch, "epoch", "loss", "accuracy", "validationLoss", "validationAccuracy");
            }
        }
    }

    @Test
    void metricsSayWhatWasRun() {
        assertThat(metrics.get("command").asString()).isEqualTo("demo");
        assertThat(metrics.get("seed").asInt()).isEqualTo(1);
        assertThat(metrics.at("/source/backbone").asString()).isEqualTo("digits-cnn");
        assertThat(metrics.at("/source/pretrained").asString()).isEqualTo("embedded");
        assertThat(metrics.at("/target/name").asString()).isEqualTo("shapes");
        assertThat(metrics.at("/target/train").asInt()).isEqualTo(500);
        assertThat(metrics.at("/target/test").asInt()).isEqualTo(200);
        assertThat(metrics.get("results").valueStream().map(row -> row.get("strategy")
                        .asString()))
                .containsExactlyElementsOf(STRATEGIES);
    }

    @Test
    void theCurveHasARowForEverySizeAndStrategy() {
        List<String> rows = new ArrayList<>();
        for (JsonNode row : metrics.get("curve")) {
            JsonText.hasKeys(row, "samples", "strategy", "meanAccuracy", "interval", "seeds");
            assertThat(row.get("seeds").asInt()).isEqualTo(1);
            assertThat(row.get("meanAccuracy").asDouble()).isBetween(0.4, 1.0);
            rows.add(row.get("samples").asInt() + " " + row.get("strategy").asString());
        }

        List<String> expected = new ArrayList<>();
        for (int size : new int[] {10, 20, 50, 100, 200, 500}) {
            STRATEGIES.forEach(strategy -> expected.add(size + " " + strategy));
        }
        assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void theCutOfTheTutorialIsNegativeTransfer() {
        assertThat(metrics.at("/verdict/negativeTransfer").valueStream().map(JsonNode::asString))
                .contains(TUTORIAL)
                .doesNotContain(POOLED, SCRATCH);
        assertThat(result(TUTORIAL).get("testAccuracy").asDouble()).isBetween(0.5, 0.8);
        assertThat(result(TUTORIAL).get("cut").asString()).isEqualTo("dense");
    }

    @Test
    void theChoiceAndPooledFeaturesAreAsGoodAsTrainingFromScratchAndOneIsRecommended() {
        assertThat(result("auto").get("testAccuracy").asDouble()).isGreaterThanOrEqualTo(0.995);
        assertThat(result("auto").at("/selection/candidates/0/chosen").asBoolean())
                .isTrue();
        assertThat(result(POOLED).get("testAccuracy").asDouble()).isGreaterThanOrEqualTo(0.995);
        assertThat(result(SCRATCH).get("testAccuracy").asDouble()).isGreaterThanOrEqualTo(0.99);
        assertThat(metrics.at("/verdict/recommended").asString()).isIn("auto", POOLED);
    }

    @Test
    void thePageNeedsNothingFromElsewhereAndNamesEveryStrategy() throws IOException {
        String page = Files.readString(out.resolve("report.html"));

        assertThat(page).contains(STRATEGIES).doesNotContain("<script").doesNotContainPattern("(src|href)=\"https?:");
    }

    @Test
    void theBundleIsTheRecommendedNetwork() {
        CommandRun evaluated = CommandRun.of("evaluate", out.toString(), "--data", "shapes", "--json");

        assertThat(evaluated.exitCode()).as(evaluated.err()).isEqualTo(ExitCode.DONE);
        assertThat(JsonText.line(evaluated).get("accuracy").asDouble()).isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void aSecondRunIntoTheSameDirectoryIsRefusedAndChangesNothing() throws IOException {
        Map<String, String> before = new TreeMap<>(TreeDigest.of(out));

        CommandRun second = CommandRun.of("demo", "--seeds", "1", "--seed", "1", "--out", out.toString());

        assertThat(second.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(second.err()).contains(out.toString()).contains("--overwrite");
        assertThat(TreeDigest.of(out)).isEqualTo(before);
    }

    @Test
    @Tag("slow")
    void anotherRunWithTheSameSeedGivesTheSameAccuracies() throws IOException {
        Path again = Files.createDirectory(folder.resolve("again"));
        Path mine = Files.writeString(again.resolve("mine.txt"), "mine");
        CommandRun refused =
                CommandRun.of("demo", "--seeds", "1", "--seed", "1", "--out", again.toString(), "--overwrite");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(mine).hasContent("mine");
        Files.delete(mine);

        CommandRun second =
                CommandRun.of("demo", "--seeds", "1", "--seed", "1", "--out", again.toString(), "--overwrite");

        assertThat(second.exitCode()).as(second.err()).isEqualTo(ExitCode.DONE);
        assertThat(second.out())
                .contains("Use " + metrics.at("/verdict/recommended").asString())
                .contains(again.resolve("report.html").toString());
        JsonNode other = JsonText.of(Files.readString(again.resolve("metrics.json"), StandardCharsets.UTF_8));
        assertThat(other.get("curve")).isEqualTo(metrics.get("curve"));
        assertThat(other.get("verdict")).isEqualTo(metrics.get("verdict"));
        for (String strategy : STRATEGIES) {
            for (String key : List.of("testAccuracy", "testLoss", "interval", "history", "classification")) {
                assertThat(result(other, strategy).get(key))
                        .as(strategy + " " + key)
                        .isEqualTo(result(strategy).get(key));
            }
        }
    }

    private static JsonNode result(String strategy) {
        return result(metrics, strategy);
    }

    private static JsonNode result(JsonNode all, String strategy) {
        return all.get("results")
                .valueStream()
                .filter(row -> row.get("strategy").asString().equals(strategy))
                .findFirst()
                .orElseThrow();
    }
}
