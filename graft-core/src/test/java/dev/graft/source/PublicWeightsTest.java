package dev.graft.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.bundle.Bundle;
import dev.graft.data.Environment;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.error.WeightsMismatchException;
import dev.graft.hub.HubId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicWeightsTest {
    private static final Architecture MOBILE = PublishedMobileNet.ARCHITECTURE;
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String CONFIG = PublishedMobileNet.CONFIG;

    @TempDir
    private static Path folder;

    private static Path weights = Path.of("");

    @BeforeAll
    static void writeWeights() {
        weights = PublishedMobileNet.write(folder.resolve("mobilenet.safetensors"));
    }

    @Test
    void aFileOfWeightsAndAnIdAreABackbone() {
        Backbone backbone = Backbones.load("mobilenet_v2", weights);

        assertThat(backbone.architecture()).isEqualTo(MOBILE);
        assertThat(backbone.weights()).isEqualTo(MOBILE.weightInitialization().initialize(MOBILE.parameters(), 1));
        assertThat(backbone.card().origin()).isEqualTo("file");
        assertThat(backbone.card().command()).contains("mobilenet.safetensors");
        assertThat(backbone.card().testAccuracy()).isNaN();
    }

    @Test
    void weightsOfAnotherNetworkAreRefusedAndNamed() {
        assertThatThrownBy(() -> Backbones.load("resnet18", weights))
                .isInstanceOf(WeightsMismatchException.class)
                .hasMessageContaining("resnet18")
                .hasMessageContaining("these are weights of mobilenet_v2")
                .hasMessageContaining("nothing was loaded");
    }

    @Test
    void aFileThatIsNoWeightsFileIsRefused() throws IOException {
        Path page = Files.writeString(folder.resolve("page.safetensors"), "<!doctype html><html></html>");

        assertThatThrownBy(() -> Backbones.load("resnet18", page))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("page.safetensors");
    }

    @Test
    void anArchitectureAloneSaysWhereItsWeightsAre() {
        assertThatThrownBy(() -> Backbones.load("resnet50"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("hf:timm/resnet50")
                .hasMessageContaining("Backbones.load");
    }

    @Test
    void aModelOfTheHubBringsItsOwnPreprocessingAndLicence() throws IOException {
        Environment offline = cached("timm/mobilenetv2_100.ra_in1k", CONFIG);

        Backbone backbone = PublicWeights.fetch(HubId.parse("hf:timm/mobilenetv2_100.ra_in1k"), offline);

        assertThat(backbone.id()).isEqualTo("mobilenet_v2");
        assertThat(backbone.architecture().preprocessing()).isEqualTo(PublishedMobileNet.PREPROCESSING);
        assertThat(backbone.card().license()).isEqualTo("apache-2.0");
        assertThat(backbone.card().data()).isEqualTo("ImageNet-1k");
        assertThat(backbone.card().command()).contains(COMMIT);
    }

    @Test
    void itsPreprocessingTravelsInTheBundle() throws IOException {
        Environment offline = cached("timm/mobilenetv2_100.other", CONFIG);
        Backbone backbone = PublicWeights.fetch(HubId.parse("hf:timm/mobilenetv2_100.other"), offline);
        Path directory = folder.resolve("backbone");

        Bundle.write(directory, backbone, false);

        assertThat(Bundle.readBackbone(directory).architecture()).isEqualTo(backbone.architecture());
    }

    @Test
    void aModelOfTheHubThatFitsNoNetworkIsRefused() throws IOException {
        Path other = folder.resolve("other.safetensors");
        PublishedMobileNet.writeForeign(other);
        Environment offline = cached("some/model", "{}", other);

        assertThatThrownBy(() -> PublicWeights.fetch(HubId.parse("hf:some/model"), offline))
                .isInstanceOf(WeightsMismatchException.class)
                .hasMessageContaining("hf:some/model")
                .hasMessageContaining("resnet18");
    }

    @Test
    void nonsenseInAModelsConfigIsRefused() throws IOException {
        Environment offline = cached("timm/nonsense", CONFIG.replace("0.75", "7.5"));

        assertThatThrownBy(() -> PublicWeights.fetch(HubId.parse("hf:timm/nonsense"), offline))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("crop_pct");
    }

    @Test
    void offlineAndNotCachedNamesPathAndAddress() {
        Environment offline = new Environment(Map.of("GRAFT_OFFLINE", "1"), folder.resolve("nowhere"));

        assertThatThrownBy(() -> PublicWeights.fetch(HubId.parse("hf:timm/resnet18.tv_in1k"), offline))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("models--timm--resnet18.tv_in1k")
                .hasMessageContaining("https://huggingface.co/");
    }

    private static Environment cached(String repository, String config) throws IOException {
        return cached(repository, config, weights);
    }

    /** What the hub's client leaves behind: a branch that means a commit, and the commit's files. */
    private static Environment cached(String repository, String config, Path file) throws IOException {
        Path home = folder.resolve("home");
        Path model = home.resolve(Path.of(".cache", "huggingface", "hub"))
                .resolve("models--" + repository.replace("/", "--"));
        Path snapshot = Files.createDirectories(model.resolve("snapshots").resolve(COMMIT));
        Files.writeString(Files.createDirectories(model.resolve("refs")).resolve("main"), COMMIT);
        Files.copy(file, snapshot.resolve("model.safetensors"));
        Files.writeString(snapshot.resolve("config.json"), config);
        return new Environment(Map.of("GRAFT_OFFLINE", "1"), home);
    }
}
