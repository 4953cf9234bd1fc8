package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Backbone;
import dev.graft.source.Backbones;
import dev.graft.weights.SafetensorsWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The commands that show what there is: inspect and backbones. */
class InspectIT {
    @TempDir
    private static Path folder;

    private static Path bundle = Path.of("");

    @BeforeAll
    static void makeABundle() {
        bundle = SmallBundle.write(folder.resolve("run/bundle"));
    }

    @Test
    void inspectShowsTheStagesOfABackbone() {
        CommandRun run = CommandRun.of("inspect", "digits-cnn");

        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.out())
                .contains("conv1", "pool1", "conv2", "pool2", "flatten", "dense", "logits", "(64, 11, 11)");
        JsonNode view = JsonText.line(CommandRun.of("inspect", "digits-cnn", "--json"));
        JsonText.hasKeys(view, "id", "input", "card", "weights", "stages");
        assertThat(view.get("stages").size()).isEqualTo(7);
    }

    @Test
    void inspectShowsABundleAndTheRunAroundIt() {
        CommandRun run = CommandRun.of("inspect", bundle.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("square, circle").contains("conv1+conv2").contains("feature-extraction");
        assertThat(CommandRun.of("inspect", folder.resolve("run").toString())).isEqualTo(run);
        JsonText.hasKeys(
                JsonText.line(CommandRun.of("inspect", bundle.toString(), "--json")),
                "backbone",
                "cut",
                "pooling",
                "classes",
                "lineage",
                "stages");
    }

    @Test
    void inspectShowsTheTensorsOfAFile() {
        String file = bundle.resolve("model.safetensors").toString();

        CommandRun run = CommandRun.of("inspect", file);

        assertThat(run.out())
                .startsWith(file)
                .contains("conv1.weight")
                .contains("F32")
                .contains("[32, 1, 3, 3]");
        JsonText.hasKeys(JsonText.line(CommandRun.of("inspect", file, "--json")), "file", "metadata", "tensors");
    }

    @Test
    void inspectSaysWhichNetworkAFilesWeightsFitAndWithWhatAllowance() throws IOException {
        Backbone digits = Backbones.load("digits-cnn");
        Path file = folder.resolve("prefixed.safetensors");
        SafetensorsWriter.write(file, digits.weights().withPrefix("module."), Map.of());

        assertThat(CommandRun.of("inspect", file.toString()).out())
                .contains("safetensors, 8 tensors", "fit backbone digits-cnn", "without their prefix 'module.'");
    }

    @Test
    void inspectShowsTheLayersOfAKerasFileAndTheTensorsOfAnOnnxModel() throws IOException {
        Path keras = folder.resolve("digits.weights.h5");
        try (InputStream packed = new GZIPInputStream(
                Files.newInputStream(Path.of("../graft-core/src/test/resources/keras/keras3.weights.h5.gz")))) {
            Files.copy(packed, keras);
        }
        CommandRun layers = CommandRun.of("inspect", keras.toString());
        assertThat(layers.exitCode()).as(layers.err()).isEqualTo(ExitCode.DONE);
        assertThat(layers.out())
                .contains("Keras weights in HDF5", "layer zeta", "kernel [3, 3, 1, 32]", "fit backbone digits-cnn");

        Path onnx = folder.resolve("onnx");
        assertThat(CommandRun.of("export", bundle.toString(), "--out", onnx.toString())
                        .exitCode())
                .isEqualTo(ExitCode.DONE);
        CommandRun tensors = CommandRun.of("inspect", onnx.resolve("model.onnx").toString());
        assertThat(tensors.out()).contains("initialisers of an ONNX model", "conv1.weight");
    }

    @Test
    void inspectNamesTheWeightsInADirectoryThatIsNoBundle() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("download"));
        Files.writeString(directory.resolve("pytorch_model.bin"), "x");

        CommandRun run = CommandRun.of("inspect", directory.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("no config.json", "pytorch_model.bin", "graft inspect ");
    }

    @Test
    void inspectTakesADirectoryThatOthersPublishForWhatItIs() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("published"));
        Files.writeString(directory.resolve("config.json"), "{\"model_type\": \"bert\", \"vocab_size\": 10}");
        Files.write(directory.resolve("pytorch_model.bin"), new byte[] {(byte) 0x80, 2, '.'});

        CommandRun run = CommandRun.of("inspect", directory.toString());

        assertThat(run.exitCode()).isNotEqualTo(ExitCode.DONE);
        assertThat(run.err()).contains("pytorch_model.bin, a pickle").doesNotContain("does not say its format");
    }

    @Test
    void inspectRefusesAFileOfAnotherKind() throws IOException {
        Path text = Files.writeString(
                folder.resolve("weights.safetensors"), "version https://git-lfs.github.com/spec/v1\n");

        CommandRun run = CommandRun.of("inspect", text.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("weights.safetensors").contains("to fix");
    }

    @Test
    void inspectSuggestsTheNearestBackbone() {
        CommandRun run = CommandRun.of("inspect", "digit-cnn");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err())
                .contains("'digit-cnn'")
                .contains("meant     digits-cnn?")
                .contains("to fix");
    }

    @Test
    void backbonesListsWhatIsShipped() {
        CommandRun run = CommandRun.of("backbones");

        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("digits-cnn").contains("mnist").contains("cc-by-sa-3.0");
        JsonNode row = JsonText.line(CommandRun.of("backbones", "--json")).get(0);
        JsonText.hasKeys(row, "id", "data", "testAccuracy", "parameters", "input", "cuts", "license");
        assertThat(row.get("testAccuracy").asDouble()).isGreaterThanOrEqualTo(0.99);
        assertThat(row.get("parameters").asInt()).isEqualTo(121_930);
    }

    @Test
    void backbonesListsNetworksWithPublicWeightsAndWhereTheseAre() {
        assertThat(CommandRun.of("backbones").out())
                .contains("resnet18")
                .contains("weights of ImageNet-1k from timm/resnet18.tv_in1k")
                .contains("licence BSD-3-Clause")
                .contains("cut at stem, layer1, layer2, layer3, layer4, pool");
        JsonNode rows = JsonText.line(CommandRun.of("backbones", "--json"));
        for (JsonNode row : rows) {
            if (row.get("id").asString().equals("mobilenet_v2")) {
                assertThat(row.get("weights").asString()).isEqualTo("timm/mobilenetv2_100.ra_in1k");
                assertThat(row.get("testAccuracy").isNull()).isTrue();
                return;
            }
        }
        throw new AssertionError("no mobilenet_v2 in " + rows);
    }

    @Test
    void inspectShowsANetworkWithoutEmbeddedWeights() {
        CommandRun run = CommandRun.of("inspect", "resnet50");

        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.out())
                .contains("hf:timm/resnet50.a1_in1k, licence Apache-2.0")
                .contains("6 x residual block")
                .contains("(2048, 7, 7)");
        JsonNode view = JsonText.line(CommandRun.of("inspect", "resnet50", "--json"));
        JsonText.hasKeys(view, "id", "input", "parameters", "sources", "stages");
        assertThat(view.get("sources").size()).isEqualTo(3);
    }
}
