package dev.graft.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.backbone.Backbone;
import dev.graft.error.WeightsFileException;
import dev.graft.error.WeightsMismatchException;
import dev.graft.image.Interpolation;
import dev.graft.image.ResizeMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories as timm writes them. */
class PublishedImagesTest {
    private static final String CONFIG = PublishedMobileNet.CONFIG;

    @TempDir
    private static Path shared = Path.of("");

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void writeWeights() {
        PublishedMobileNet.write(shared.resolve("model.safetensors"));
    }

    @Test
    void theNetworkIsRecognisedAndPreparesImagesAsItsSettingsSay() throws IOException {
        Files.createLink(folder.resolve("model.safetensors"), shared.resolve("model.safetensors"));
        for (String config :
                List.of(CONFIG, "{\"architecture\": \"mobilenetv2_100\"," + PublishedMobileNet.SETTINGS + "}")) {
            Files.writeString(folder.resolve("config.json"), config);
            Backbone backbone = Backbones.load(folder.toString());

            assertThat(backbone.id()).isEqualTo("mobilenet_v2");
            assertThat(backbone.architecture().preprocessing()).isEqualTo(PublishedMobileNet.PREPROCESSING);
            assertThat(backbone.card().origin()).isEqualTo("file");
        }
    }

    @Test
    void aCropThatSquashesIsAStretch() throws IOException {
        Files.createLink(folder.resolve("model.safetensors"), shared.resolve("model.safetensors"));
        Files.writeString(
                folder.resolve("config.json"),
                CONFIG.replace("\"crop_pct\"", "\"crop_mode\": \"squash\", \"crop_pct\""));

        assertThat(Backbones.load(folder.toString())
                        .architecture()
                        .preprocessing()
                        .fit())
                .isEqualTo(new ResizeMode.Stretch(Interpolation.BICUBIC));
    }

    @Test
    void settingsThatAreNotBuiltAreRefusedByName() throws IOException {
        Files.createLink(folder.resolve("model.safetensors"), shared.resolve("model.safetensors"));
        for (String setting :
                List.of("\"crop_mode\": \"border\"", "\"interpolation\": \"lanczos\"", "\"crop_pct\": \"7\"")) {
            String name = setting.substring(1, setting.indexOf('"', 1));
            String without = CONFIG.replaceFirst("\"" + name + "\": [^,}]*,", "");
            Files.writeString(folder.resolve("config.json"), without.replace("\"mean\"", setting + ", \"mean\""));
            assertThatThrownBy(() -> Backbones.load(folder.toString()))
                    .isInstanceOf(WeightsFileException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining(
                            setting.substring(setting.lastIndexOf(' ') + 1).replace("\"", ""));
        }
    }

    @Test
    void aNetworkThatGraftLacksIsNamed() throws IOException {
        PublishedMobileNet.writeForeign(folder.resolve("model.safetensors"));
        Files.writeString(folder.resolve("config.json"), CONFIG.replace("mobilenetv2_100", "vit_base_patch16_224"));

        assertThatThrownBy(() -> Backbones.load(folder.toString()))
                .isInstanceOf(WeightsMismatchException.class)
                .hasMessageContainingAll(folder.toString(), "vit_base_patch16_224", "resnet18");
    }

    @Test
    void aPickleAloneIsExplained() throws IOException {
        Files.writeString(folder.resolve("config.json"), CONFIG);
        Files.write(folder.resolve("pytorch_model.bin"), new byte[] {(byte) 0x80, 2});

        assertThatThrownBy(() -> Backbones.load(folder.toString()))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContainingAll("pytorch_model.bin", "pickle", "timm.create_model('mobilenetv2_100'");
    }

    @Test
    void theConversionNamesThePickleWhateverLiesBesideIt() throws IOException {
        Files.writeString(folder.resolve("config.json"), CONFIG);
        Files.write(folder.resolve("model.pth"), new byte[] {(byte) 0x80, 2});
        Files.writeString(folder.resolve("notes.txt"), "of the training");

        assertThatThrownBy(() -> Backbones.load(folder.toString()))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("checkpoint_path='" + folder.resolve("model.pth") + "'");
    }

    @Test
    void withoutAnyWeightsNoConversionIsAdvised() throws IOException {
        Files.writeString(folder.resolve("config.json"), CONFIG);

        assertThatThrownBy(() -> Backbones.load(folder.toString()))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContainingAll("model.safetensors", "config.json")
                .hasMessageNotContaining("pickle");
    }

    @Test
    void settingsThatAreNotSaidAreThoseOfTimm() throws IOException {
        Files.createLink(folder.resolve("model.safetensors"), shared.resolve("model.safetensors"));
        Files.writeString(
                folder.resolve("config.json"),
                CONFIG.replace("\"interpolation\": \"bicubic\", \"crop_pct\": 0.75, ", ""));

        assertThat(Backbones.load(folder.toString())
                        .architecture()
                        .preprocessing()
                        .fit())
                .isEqualTo(ResizeMode.CenterCrop.ofFraction(192, 0.875, Interpolation.BICUBIC));
    }
}
