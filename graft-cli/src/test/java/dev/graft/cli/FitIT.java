package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.bundle.Bundle;
import dev.graft.data.Shapes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From a folder of pictures to a model, and what can be done with it. */
class FitIT {
    private static final String POOLED = "feature-extraction@conv1+conv2";

    @TempDir
    private static Path folder;

    private static Path images = Path.of("");
    private static Path run = Path.of("");
    private static JsonNode metrics = JsonText.of("{}");

    @BeforeAll
    static void fitOnce() throws IOException {
        images = Drawings.folder(folder.resolve("drawn"), Shapes.draw(240, 5));
        run = folder.resolve("run");
        CommandRun fit = CommandRun.of(
                "fit",
                "--data",
                images.toString(),
                "--backbone",
                "digits-cnn",
                "--strategy",
                POOLED,
                "--out",
                run.toString(),
                "--json");
        assertThat(fit.exitCode()).as(fit.err()).isEqualTo(ExitCode.DONE);
        metrics = JsonText.line(fit);
    }

    @Test
    void theRunHoldsReportNumbersAndBundle() throws IOException {
        assertThat(JsonText.of(Files.readString(run.resolve("metrics.json")))).isEqualTo(metrics);
        assertThat(run.resolve("report.html")).isNotEmptyFile();
        assertThat(run.resolve("history.csv")).isNotEmptyFile();
        assertThat(run.resolve("bundle/model.safetensors")).isNotEmptyFile();
    }

    @Test
    void theRunHoldsWhatItTakesToMakeItAgain() throws IOException {
        JsonNode config = JsonText.of(Files.readString(run.resolve("config.json")));

        assertThat(config.get("options").get("--strategy").asString()).isEqualTo(POOLED);
        assertThat(config.get("options").get("--batch-size").asString()).isEqualTo("16");
        assertThat(config.get("options").get("--data").asString()).isEqualTo(images.toString());
        assertThat(config.get("options").has("--weights")).isFalse();
        assertThat(config.get("seed").asLong()).isEqualTo(42);
        assertThat(config.get("dataDigest")).isEqualTo(metrics.get("target").get("digest"));
        assertThat(config.get("backboneDigest")).isEqualTo(metrics.get("source").get("digest"));
        assertThat(config.get("hardware")).isEqualTo(metrics.get("hardware"));
        assertThat(run.resolve("tensorboard/feature-extraction-conv1-conv2/validation/events.out.tfevents.graft"))
                .isNotEmptyFile();
    }

    @Test
    void theNumbersAreThoseOfTheTask() {
        assertThat(metrics.get("command").asString()).isEqualTo("fit");
        assertThat(metrics.get("target").get("train").asInt()).isBetween(166, 170);
        assertThat(metrics.get("target").get("balance").size()).isEqualTo(2);
        JsonNode row = metrics.get("results").get(0);
        assertThat(row.get("strategy").asString()).isEqualTo(POOLED);
        assertThat(row.get("testAccuracy").asDouble()).isGreaterThan(0.95);
        assertThat(row.get("calibration").isObject()).isTrue();
        assertThat(metrics.get("verdict").get("probes").size()).isGreaterThan(3);
    }

    @Test
    void theBundlePredictsAndEvaluates() {
        CommandRun predicted = CommandRun.of("predict", run.toString(), images.toString(), "--json");
        CommandRun evaluated = CommandRun.of("evaluate", run.toString(), "--data", images.toString(), "--json");

        assertThat(predicted.exitCode()).as(predicted.err()).isEqualTo(ExitCode.DONE);
        assertThat(JsonText.of(predicted.out()).size()).isEqualTo(240);
        assertThat(JsonText.line(evaluated).get("accuracy").asDouble()).isGreaterThan(0.97);
    }

    @Test
    void testImagesOfTheirOwnJudge() throws IOException {
        Path test = Drawings.folder(folder.resolve("own-test"), Shapes.draw(30, 6));
        CommandRun fit = fit(folder.resolve("judged"), "--test", test.toString(), "--strategy", POOLED, "--json");

        assertThat(fit.exitCode()).as(fit.err()).isEqualTo(ExitCode.DONE);
        assertThat(JsonText.line(fit).get("target").get("test").asInt()).isEqualTo(30);
        assertThat(JsonText.line(fit).get("target").get("train").asInt()).isGreaterThan(190);
    }

    @Tag("slow")
    @Test
    void everyStrategyTrains() {
        for (String strategy : List.of("lp-ft", "fine-tuning@dense", "gradual-unfreezing", "from-scratch")) {
            CommandRun fit = fit(
                    folder.resolve("by-" + strategy.replace('@', '-')),
                    "--strategy",
                    strategy,
                    "--epochs",
                    "1",
                    "--augment",
                    "flip-shift",
                    "--balance",
                    "class-weights");

            assertThat(fit.exitCode()).as(fit.err()).isEqualTo(ExitCode.DONE);
            assertThat(fit.out()).contains("by " + strategy).contains("test accuracy");
        }
    }

    @Test
    void aBadImageIsNamedBeforeAnythingIsTrained() throws IOException {
        Path some = Drawings.folder(folder.resolve("with-bad"), Shapes.draw(60, 7));
        Path bad = some.resolve("circle/broken.png");
        Files.writeString(bad, "no image at all");
        Path out = folder.resolve("refused");

        CommandRun refused =
                CommandRun.of("fit", "--data", some.toString(), "--backbone", "digits-cnn", "--out", out.toString());
        CommandRun skipped = CommandRun.of(
                "fit",
                "--data",
                some.toString(),
                "--backbone",
                "digits-cnn",
                "--strategy",
                POOLED,
                "--skip-bad",
                "--out",
                out.toString(),
                "--json");

        assertThat(refused.exitCode()).isNotEqualTo(ExitCode.DONE);
        assertThat(refused.err()).contains(bad.toString()).contains("--skip-bad");
        assertThat(skipped.exitCode()).as(skipped.err()).isEqualTo(ExitCode.DONE);
        assertThat(JsonText.line(skipped).get("target").get("warnings").toString())
                .contains("1 of 61 files")
                .contains("broken.png");
        assertThat(bad).exists();
    }

    @Test
    void wrongNamesAreRefusedWithThoseThatThereAre() {
        assertThat(fit(folder.resolve("x"), "--strategy", "fine-tunning").err())
                .contains("fine-tunning")
                .contains("fine-tuning");
        assertThat(fit(folder.resolve("x"), "--strategy", "fine-tuning@conv9").err())
                .contains("conv9")
                .contains("conv2");
        assertThat(fit(folder.resolve("x"), "--strategy", "lp-ft", "--head", "mlp")
                        .err())
                .contains("--head");
        assertThat(CommandRun.of(
                                "fit",
                                "--data",
                                images.toString(),
                                "--backbone",
                                "resnet18",
                                "--out",
                                folder.resolve("x").toString())
                        .err())
                .contains("hf:timm/resnet18")
                .contains("--weights");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void picturesHaveNoWordsToCount() {
        for (String command : List.of("fit", "compare")) {
            Path out = folder.resolve("no-words");
            CommandRun counted = CommandRun.of(
                    command,
                    "--data",
                    images.toString(),
                    command.equals("fit") ? "--strategy" : "--strategies",
                    "bag-of-words",
                    "--out",
                    out.toString());
            assertThat(counted.exitCode()).as(counted.err()).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(counted.err()).contains("Only texts have words to count");
            assertThat(out).doesNotExist();
        }
    }

    @Test
    void compareGivesIntervalsACurveAndAVerdict() {
        Path out = folder.resolve("compared");
        CommandRun compared = CommandRun.of(
                "compare",
                "--data",
                images.toString(),
                "--backbone",
                "digits-cnn",
                "--strategies",
                POOLED + ",from-scratch",
                "--seeds",
                "2",
                "--samples-per-class",
                "5",
                "--epochs",
                "2",
                "--out",
                out.toString(),
                "--json");

        assertThat(compared.exitCode()).as(compared.err()).isEqualTo(ExitCode.DONE);
        JsonNode result = JsonText.line(compared);
        assertThat(result.get("curve").size()).isEqualTo(4);
        assertThat(result.get("curve").get(0).get("samples").asInt()).isEqualTo(10);
        assertThat(result.get("verdict").get("recommended").asString()).isEqualTo(POOLED);
        assertThat(result.get("verdict").get("because").asString()).contains("times the data");
        assertThat(out.resolve("bundle/config.json")).isNotEmptyFile();
    }

    @Test
    void compareTrainsTheHeadThatIsAskedFor() throws IOException {
        Path out = folder.resolve("compared-head");
        CommandRun compared = CommandRun.of(
                "compare",
                "--data",
                images.toString(),
                "--backbone",
                "digits-cnn",
                "--strategies",
                POOLED,
                "--head",
                "mlp",
                "--seeds",
                "1",
                "--epochs",
                "1",
                "--out",
                out.toString(),
                "--json");

        assertThat(compared.exitCode()).as(compared.err()).isEqualTo(ExitCode.DONE);
        assertThat(Bundle.read(out.resolve("bundle")).headLayers()).hasSizeGreaterThan(2);
    }

    @Test
    void featuresGoToAFileWithTheirLabelsBesideIt() throws IOException {
        Path out = folder.resolve("features.npy");
        CommandRun written = CommandRun.of(
                "features",
                "--data",
                images.toString(),
                "--backbone",
                "digits-cnn",
                "--cut",
                "conv2",
                "--pooling",
                "mean+max",
                "--out",
                out.toString());

        assertThat(written.exitCode()).as(written.err()).isEqualTo(ExitCode.DONE);
        assertThat(written.out()).contains("240 images, 128 features each");
        byte[] content = Files.readAllBytes(out);
        assertThat(new String(content, 0, 128, StandardCharsets.ISO_8859_1)).contains("(240, 128)");
        assertThat(content).hasSize(128 + 4 * 240 * 128);
        float first = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getFloat(128);
        assertThat(first).isBetween(-100f, 100f);
        List<String> labels = Files.readAllLines(folder.resolve("features.labels.csv"));
        assertThat(labels).hasSize(241).startsWith("label,class", "0,circle");
        assertThat(CommandRun.of("features", "--data", images.toString(), "--out", out.toString())
                        .exitCode())
                .isEqualTo(ExitCode.WRONG_USAGE);
    }

    private static CommandRun fit(Path out, String... more) {
        List<String> args = new ArrayList<>(
                List.of("fit", "--data", images.toString(), "--backbone", "digits-cnn", "--out", out.toString()));
        args.addAll(List.of(more));
        return CommandRun.of(args.toArray(String[]::new));
    }
}
