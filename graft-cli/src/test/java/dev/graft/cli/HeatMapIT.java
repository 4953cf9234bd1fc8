package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Tabular;
import dev.graft.bundle.Bundle;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.feature.Cut;
import dev.graft.layer.Layer;
import dev.graft.model.Lineage;
import dev.graft.model.TransferModel;
import dev.graft.preparation.BagOfWords;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Pictures of where a network looked, from the command. */
class HeatMapIT {
    private static final LabeledImages SHAPES = Shapes.draw(12, 3);

    @TempDir
    private static Path folder;

    private static Path bundle = Path.of("");
    private static Path first = Path.of("");
    private static Path second = Path.of("");

    @TempDir
    private Path out;

    @BeforeAll
    static void makeABundleAndImages() throws IOException {
        bundle = SmallBundle.write(folder.resolve("bundle"));
        first = Drawings.png(folder.resolve("a/shape.png"), SHAPES.image(0));
        second = Drawings.png(folder.resolve("b/Shape.png"), SHAPES.image(1));
    }

    private CommandRun predict(Path maps, Object... more) {
        String[] words = new String[4 + more.length];
        words[0] = "predict";
        words[1] = bundle.toString();
        words[2] = "--heatmap";
        words[3] = maps.toString();
        for (int i = 0; i < more.length; i++) {
            words[4 + i] = more[i].toString();
        }
        return CommandRun.of(words);
    }

    @Test
    void eachPictureGetsOneOfItsOwnNameBesideItsPrediction() throws IOException {
        Path maps = out.resolve("maps");

        CommandRun run = predict(maps, first, second);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        // Maxima and deviations are no sums over places.
        assertThat(run.err()).contains("occlusion", "mean colour");
        String name = SHAPES.classNames().get(SHAPES.label(0));
        assertThat(run.out().lines())
                .hasSize(4)
                .contains("  heat map of " + name + ": " + maps.resolve("shape.png"))
                .anyMatch(line -> line.endsWith(maps.resolve("Shape-2.png").toString()));
        BufferedImage map = ImageIO.read(maps.resolve("shape.png").toFile());
        // 28 x 28, enlarged.
        assertThat(map.getWidth()).isEqualTo(252);
        assertThat(map.getHeight()).isEqualTo(252);
        assertThat(maps.resolve("Shape-2.png")).isRegularFile();
    }

    @Test
    void asJsonThePictureIsNamedWithItsClassAndMethod() throws IOException {
        Path text = Files.writeString(folder.resolve("text.png"), "I am a text.");
        Path maps = out.resolve("maps");

        CommandRun run = predict(maps, first, text, "--json");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        JsonNode all = JsonText.line(run);
        JsonNode heatmap = all.get(0).get("heatmap");
        assertThat(heatmap.get("file").asString())
                .isEqualTo(maps.resolve("shape.png").toString());
        assertThat(heatmap.get("className").asString())
                .isEqualTo(all.get(0).get("label").asString());
        assertThat(heatmap.get("method").asString()).isEqualTo("occlusion");
        assertThat(all.get(1).has("heatmap")).isFalse();
        assertThat(maps.resolve("shape.png")).isRegularFile();
        assertThat(maps.resolve("text.png")).doesNotExist();
        assertThat(JsonText.line(CommandRun.of("predict", bundle.toString(), first.toString(), "--json"))
                        .get(0)
                        .has("heatmap"))
                .isFalse();
    }

    @Test
    void whatIsNoneOfTheClassesShowsTheNearest() {
        CommandRun run = predict(out.resolve("maps"), first, "--threshold", "0.9999999", "--json");

        JsonNode one = JsonText.line(run).get(0);
        assertThat(one.get("noneOfThese").asBoolean()).isTrue();
        assertThat(one.get("heatmap").get("className").asString())
                .isEqualTo(one.get("top").get(0).get("label").asString());
    }

    @Test
    void aNetworkThatEndsInMeansOfMapsSaysThatItsLogitIsDivided() {
        CommandRun run = CommandRun.of(
                "predict",
                "tf_efficientnet_lite0",
                "--heatmap",
                out.resolve("maps").toString(),
                first.toString(),
                "--json");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.err()).contains("class activation map").doesNotContain("occlusion");
        assertThat(JsonText.line(run).get(0).get("heatmap").get("method").asString())
                .isEqualTo("class activation map");
        assertThat(out.resolve("maps/shape.png")).isRegularFile();
    }

    @Test
    void earlierMapsAreReplacedOnDemandAlone() throws IOException {
        Path maps = out.resolve("maps");
        assertThat(predict(maps, first, second).exitCode()).isEqualTo(ExitCode.DONE);

        CommandRun refused = predict(maps, first);
        assertThat(refused.exitCode()).isNotEqualTo(ExitCode.DONE);
        assertThat(refused.err()).contains("not empty", "--heatmap names another place", "--overwrite");
        assertThat(refused.out()).isEmpty();
        assertThat(maps.resolve("Shape-2.png")).isRegularFile();

        assertThat(predict(maps, first, "--overwrite").exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(maps.resolve("Shape-2.png")).doesNotExist();

        Path mine = Files.writeString(maps.resolve("mine.txt"), "mine");
        CommandRun foreign = predict(maps, first, "--overwrite");
        assertThat(foreign.exitCode()).isNotEqualTo(ExitCode.DONE);
        assertThat(foreign.err()).contains("mine.txt");
        assertThat(mine).hasContent("mine");
    }

    @Test
    void mapsDoNotGoAmongThePicturesOrIntoTheBundle() {
        CommandRun among = predict(folder.resolve("a/maps"), folder.resolve("a"));
        CommandRun inside = predict(bundle.resolve("maps"), first);

        assertThat(among.err()).contains("would lie in the pictures");
        assertThat(inside.err()).contains("would lie in the bundle");
        assertThat(folder.resolve("a/maps")).doesNotExist();
        assertThat(bundle.resolve("maps")).doesNotExist();
    }

    @Test
    void textsHaveNoHeatMaps() {
        Path texts = out.resolve("texts");
        Bundle.write(texts, ofWords(), false);

        CommandRun run = CommandRun.of(
                "predict", texts.toString(), "--heatmap", out.resolve("maps").toString(), "--text", "good");

        assertThat(run.exitCode()).isNotEqualTo(ExitCode.DONE);
        assertThat(run.err()).contains("--heatmap has nothing to do here", "for pictures", "one for texts");
        assertThat(out.resolve("maps")).doesNotExist();
    }

    private static TransferModel ofWords() {
        BagOfWords words = BagOfWords.of(Map.of("good", 1.0, "bad", 1.0));
        return new TransferModel(
                Tabular.architecture("bag-of-words", words),
                Cut.at(Tabular.VALUES),
                "linear",
                List.of(new Layer.Linear("head.logits", words.width(), 2)),
                List.of("a", "b"),
                WeightSet.of(Map.of(
                        "head.logits.weight", FloatTensor.of(new float[2 * words.width()], 2, words.width()),
                        "head.logits.bias", FloatTensor.of(new float[] {1, -1}, 2))),
                new Lineage("bag-of-words", "here", "ab12", "bag-of-words", "texts", "cd34", 500, 7, "0.1.0"));
    }

    @Test
    void overwriteAloneHasNothingToDo() {
        CommandRun run = CommandRun.of("predict", bundle.toString(), first.toString(), "--overwrite");

        assertThat(run.exitCode()).isNotEqualTo(ExitCode.DONE);
        assertThat(run.err()).contains("--overwrite has nothing to do here", "--heatmap");
    }

    @Test
    void theReportOfAFitShowsThemUnderItsPredictions() throws IOException {
        Path data = Drawings.folder(out.resolve("data"), Shapes.draw(60, 4));
        Path run = out.resolve("run");

        CommandRun fit = CommandRun.of(
                "fit",
                "--data",
                data.toString(),
                "--backbone",
                "digits-cnn",
                "--strategy",
                "feature-extraction@conv1+conv2",
                "--out",
                run.toString());

        assertThat(fit.exitCode()).as(fit.err()).isEqualTo(ExitCode.DONE);
        String page = Files.readString(run.resolve("report.html"));
        int pictures = page.split("alt=\"Test example ", -1).length - 1;
        assertThat(pictures).isPositive();
        assertThat(page.split("class=\"picture heatmap\"", -1)).hasSize(pictures + 1);
    }
}
