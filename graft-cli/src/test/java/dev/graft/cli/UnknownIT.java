package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.bundle.Bundle;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.model.TransferModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** A bundle that tells what is none of its classes, gives sets of classes, and notices when its inputs move. */
class UnknownIT {
    @TempDir
    private static Path folder;

    private static Path bundle;
    private static Path shapes;
    private static Path noise;
    private static Path plain;

    @BeforeAll
    static void fit() throws IOException {
        LabeledImages drawn = Shapes.draw(240, 3);
        Path data = Drawings.folder(folder.resolve("data"), drawn);
        CommandRun run = CommandRun.of(
                "fit",
                "--data",
                data.toString(),
                "--backbone",
                "digits-cnn",
                "--strategy",
                "feature-extraction@conv1+conv2",
                "--split",
                "0.5,0.3,0.2",
                "--out",
                folder.resolve("run").toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        bundle = folder.resolve("run/bundle");
        shapes = Drawings.folder(folder.resolve("shapes"), Shapes.draw(120, 4));
        noise = Files.createDirectory(folder.resolve("noise"));
        Random random = new Random(1);
        for (int i = 0; i < 40; i++) {
            BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
            for (int p = 0; p < 28 * 28; p++) {
                image.getRaster().setSample(p % 28, p / 28, 0, random.nextInt(256));
            }
            ImageIO.write(image, "png", noise.resolve(i + ".png").toFile());
        }
        TransferModel model = Bundle.read(bundle);
        plain = folder.resolve("plain");
        Bundle.write(plain, model.withRecord(null), false);
    }

    @Test
    void noiseIsNoneOfTheClassesHoweverSureTheNetworkIs() {
        JsonNode answers = JsonText.line(CommandRun.of("predict", bundle.toString(), noise.toString(), "--json"));
        CommandRun text = CommandRun.of(
                "predict", bundle.toString(), noise.resolve("0.png").toString());
        JsonNode forced = JsonText.line(
                CommandRun.of("predict", bundle.toString(), noise.toString(), "--no-threshold", "--json"));

        assertThat(answers.valueStream()).hasSize(40).allSatisfy(one -> {
            assertThat(one.get("noneOfThese").asBoolean()).isTrue();
            assertThat(one.get("label").isNull()).isTrue();
            assertThat(one.get("unknownScore").asDouble()).isGreaterThan(1);
        });
        assertThat(text.out()).contains("none of these (unlike them: ", ", limit 1), nearest ");
        assertThat(forced.valueStream())
                .allSatisfy(one -> assertThat(one.get("label").isNull()).isFalse());
    }

    @Test
    void evaluateSaysHowWellItTells() {
        JsonNode measured = JsonText.line(CommandRun.of(
                "evaluate", bundle.toString(), "--data", shapes.toString(), "--unknown", noise.toString(), "--json"));
        CommandRun text = CommandRun.of(
                "evaluate", bundle.toString(), "--data", shapes.toString(), "--unknown", noise.toString());

        JsonNode unknown = measured.get("unknown");
        assertThat(measured.get("unknownBy").asString()).isEqualTo("distance and confidence");
        assertThat(measured.get("refusedShare").asDouble()).isLessThan(0.2);
        assertThat(unknown.get("examples").asInt()).isEqualTo(40);
        assertThat(unknown.get("refusedShare").asDouble()).isEqualTo(1);
        assertThat(unknown.get("area").asDouble()).isGreaterThan(0.99);
        assertThat(text.out()).contains("none of the classes: 40 of 40 refused", "area under the curve of ");
    }

    @Test
    void setsHoldTheTrueClass() {
        JsonNode answers = JsonText.line(
                CommandRun.of("predict", bundle.toString(), shapes.toString(), "--coverage", "0.9", "--json"));
        CommandRun text = CommandRun.of("predict", bundle.toString(), shapes.toString(), "--coverage", "0.9");

        long covered = answers.valueStream()
                .filter(one -> one.get("set")
                        .valueStream()
                        .anyMatch(name -> one.get("file").asString().contains("/" + name.asString() + "/")))
                .count();
        assertThat(covered / 120.0).isBetween(0.75, 1.0);
        assertThat(text.out()).contains("; 0.9 set: ");
    }

    @Test
    void driftIsToldAndItsAbsenceToo() throws IOException {
        Path others = Files.createDirectory(folder.resolve("inverted"));
        LabeledImages drawn = Shapes.draw(60, 9);
        for (int i = 0; i < drawn.size(); i++) {
            Image image = drawn.image(i);
            byte[] pixels = image.pixels().clone();
            for (int p = 0; p < pixels.length; p++) {
                pixels[p] = (byte) (255 - (pixels[p] & 255));
            }
            Drawings.png(
                    others.resolve(i + ".png"), new Image(image.height(), image.width(), image.channels(), pixels));
        }

        CommandRun same = CommandRun.of("evaluate", bundle.toString(), "--data", shapes.toString(), "--drift");
        CommandRun moved = CommandRun.of("evaluate", bundle.toString(), "--data", others.toString(), "--drift");
        JsonNode json = JsonText.line(
                CommandRun.of("evaluate", bundle.toString(), "--data", others.toString(), "--drift", "--json"));

        assertThat(same.exitCode()).as(same.err()).isEqualTo(ExitCode.DONE);
        assertThat(same.out()).contains("Nothing says that the inputs moved");
        assertThat(moved.out()).contains("The inputs moved");
        assertThat(json.get("compared").get(0).get("moved").asBoolean()).isTrue();
        assertThat(json.get("errorRate").asDouble()).isEqualTo(0.05);
    }

    @Test
    void anOldBundleKeepsItsRule() {
        JsonNode answers = JsonText.line(CommandRun.of("predict", plain.toString(), shapes.toString(), "--json"));

        assertThat(answers.valueStream())
                .allSatisfy(one -> assertThat(one.has("unknownScore")).isFalse());
    }

    static List<List<String>> wrongUses() {
        String some = shapes.toString();
        String nowhere = folder.resolve("nowhere").toString();
        return List.of(
                List.of("predict", bundle.toString(), some, "--coverage", "1", "|", "above 0 and below 1"),
                List.of("predict", bundle.toString(), some, "--coverage", "0", "|", "above 0 and below 1"),
                List.of("predict", bundle.toString(), some, "--coverage", "high", "|", "above 0 and below 1"),
                List.of("predict", bundle.toString(), some, "--coverage", "0.999", "|", "too few held-out examples"),
                List.of("predict", plain.toString(), some, "--coverage", "0.9", "|", "no record of its classes"),
                List.of("evaluate", plain.toString(), "--data", some, "--unknown", some, "|", "no rule"),
                List.of("evaluate", plain.toString(), "--data", some, "--drift", "|", "nothing to compare"),
                List.of("evaluate", bundle.toString(), "--data", some, "--drift", "--unknown", some, "|", "different"),
                List.of("evaluate", bundle.toString(), "--data", some, "--unknown", nowhere, "|", "no such data"),
                List.of("evaluate", bundle.toString(), "--data", nowhere, "--drift", "|", "no such data"),
                List.of("evaluate", "digits-cnn", "--data", some, "--drift", "|", "nothing to compare"),
                List.of("evaluate", bundle.toString(), "--data", some + "/circle/0.png", "--drift", "|", ""));
    }

    @ParameterizedTest
    @MethodSource("wrongUses")
    void wrongUsesSayHowToMendThem(List<String> words) {
        int end = words.indexOf("|");

        CommandRun run = CommandRun.of(words.subList(0, end).toArray(String[]::new));

        assertThat(run.exitCode()).isIn(ExitCode.FAILED, ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains(words.get(end + 1)).doesNotContain("Exception");
    }
}
