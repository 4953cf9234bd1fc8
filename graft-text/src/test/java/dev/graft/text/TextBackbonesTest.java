package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.bundle.NetworkFamily;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.error.WeightsMismatchException;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.layer.SequencePool;
import dev.graft.tokenizer.Tokenizer;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.SafetensorsWriter;
import dev.graft.weights.WeightSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextBackbonesTest {
    @TempDir
    private Path folder;

    /** Cached features and bundles name the weights by their digest. */
    @ParameterizedTest
    @CsvSource({
        "minilm-l6, b75a1aa065dc226e68b14add30359e71280b67b640f85e2e8235cf8bd88ea0a7",
        "bge-small-zh, 4a9a6463134314ef7c3fe6c2d143fe996fa718af426fb90ebb3889747502469b"
    })
    void theWeightsAreTheVeryOnes(String id, String digest) {
        assertThat(TextBackbones.load(id).weights().digest()).isEqualTo(digest);
    }

    @Test
    void stagesAreNamedAndTensorsHaveTheirPublicNames() {
        Backbone backbone = TextBackbones.open(Fixtures.folder("bert"));
        Architecture architecture = backbone.architecture();

        assertThat(architecture.outputShapes().keySet())
                .containsExactly("embeddings", "layer0", "layer1", "pooled", "sentence");
        assertThat(architecture.outputShape("layer1")).hasToString("(40, 8)");
        assertThat(backbone.weights().names())
                .contains("embeddings.word_embeddings.weight", "encoder.layer.1.attention.self.query.bias");
        assertThat(architecture.featureStages().get(1).describe())
                .isEqualTo("x + (attention of 2 heads, dropout 0.1), layer norm,"
                        + " x + (dense 12 at each place, gelu, dense 8 at each place, dropout 0.1), layer norm");
    }

    @Test
    void aSequenceIsPooledOrNotCutAtAll() {
        Architecture architecture = TextBackbones.open(Fixtures.folder("bert")).architecture();

        assertThat(Cut.pooled(Pooling.MEAN_MAX_STD, "layer0", "layer1").features(architecture))
                .isEqualTo(2 * 3 * 8);
        assertThat(Cut.at("pooled").features(architecture)).isEqualTo(8);
        assertThatThrownBy(() -> Cut.at("layer0").features(architecture))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("differ in length");
        assertThatThrownBy(architecture::preprocessing)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("takes texts");
    }

    @Test
    void moreTokensThanPositionsAreRefused() {
        assertThatThrownBy(() -> TextBackbones.open(Fixtures.folder("roberta"), SequencePool.MEAN, 149))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("at most 148 tokens");
    }

    @Test
    void aTensorTooFewTooManyOrOfAnotherShapeIsListedAndNothingLoads() throws IOException {
        copy("bert");
        Backbone backbone = TextBackbones.open(folder);
        Map<String, FloatTensor> tensors =
                new LinkedHashMap<>(backbone.weights().asMap());
        tensors.remove("encoder.layer.0.output.dense.bias");
        tensors.put("embeddings.LayerNorm.weight", FloatTensor.of(new float[9], 9));
        tensors.put("encoder.layer.7.output.dense.bias", FloatTensor.of(new float[8], 8));
        tensors.put("cls.predictions.bias", FloatTensor.of(new float[8], 8));
        SafetensorsWriter.write(folder.resolve("model.safetensors"), WeightSet.of(tensors), Map.of());

        assertThatThrownBy(() -> TextBackbones.open(folder))
                .isInstanceOf(WeightsMismatchException.class)
                .hasMessageContainingAll(
                        "3 that do not fit",
                        "missing     encoder.layer.0.output.dense.bias",
                        "mis-shaped  embeddings.LayerNorm.weight",
                        "unexpected  encoder.layer.7.output.dense.bias");
    }

    @Test
    void aModelOfAnotherKindIsRefused() throws IOException {
        copy("bert");
        String config = Files.readString(folder.resolve("config.json"));

        Files.writeString(folder.resolve("config.json"), config.replace("\"bert\"", "\"t5\""));
        assertThatThrownBy(() -> TextBackbones.open(folder))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContainingAll("distilbert", "t5");

        Files.writeString(folder.resolve("config.json"), config.replace("\"gelu\"", "\"mish\""));
        assertThatThrownBy(() -> TextBackbones.open(folder)).hasMessageContainingAll("hidden_act", "mish");

        Files.writeString(folder.resolve("config.json"), config.replace("\"hidden_size\": 8", "\"hidden_size\": -8"));
        assertThatThrownBy(() -> TextBackbones.open(folder)).hasMessageContainingAll("hidden_size", "-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"minilm-l6", "bge-small-zh"})
    void whatIsKnownOfAnEmbeddedTokeniserIsWhatItsFileSays(String id) {
        Tokenizer tokenizer = (Tokenizer) TextBackbones.load(id).architecture().tokenization();
        byte[] same = (new String(tokenizer.json(), StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8);
        Tokenizer read = Tokenizer.of(same, "read", 128);

        assertThat(tokenizer.highestId()).isEqualTo(read.highestId());
        for (String text : Fixtures.TEXTS) {
            assertThat(tokenizer.tokens(text).ids()).isEqualTo(read.tokens(text).ids());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"num_hidden_layers\": 2; \"num_hidden_layers\": 16000000; 1 to 1024 as num_hidden_layers; 16000000",
                "\"num_hidden_layers\": 2; \"num_hidden_layers\": 99999999999999999999; 1024; 99999999999999999999",
                "\"num_hidden_layers\": 2; \"num_hidden_layers\": 1e400; num_hidden_layers; found",
                "\"num_hidden_layers\": 2; \"num_hidden_layers\": 2.5; num_hidden_layers; 2.5",
                "\"num_hidden_layers\": 2; \"num_hidden_layers\": \"2\"; num_hidden_layers; found",
                "\"num_hidden_layers\": 2; \"num_hidden_layers\": 0; num_hidden_layers; 0",
                "\"num_hidden_layers\": 2; \"num_hidden_layers\": 2, \"num_hidden_layers\": 2; JSON; Duplicate",
                "\"hidden_size\": 8; \"hidden_size\": 2147483647; 16777216 as hidden_size; 2147483647",
                "\"hidden_size\": 8; \"hidden_size\": 9; a divisor of hidden_size, 9; 2",
                "\"vocab_size\"; \"vocab_size\": 16000000, \"x\"; 16000000; [84, 8]",
                "\"max_position_embeddings\"; \"max_position_embeddings\": 16777216, \"x\"; 131072; 16777216",
                "\"layer_norm_eps\"; \"layer_norm_eps\": -1, \"x\"; layer_norm_eps; -1",
                "\"layer_norm_eps\"; \"layer_norm_eps\": 1e400, \"x\"; layer_norm_eps; found",
            })
    void aConfigThatPromisesTheImpossibleIsRefusedWithBothNumbers(
            String entry, String impossible, String expected, String found) throws IOException {
        copy("bert");
        Path file = folder.resolve("config.json");
        String config = Files.readString(file);
        assertThat(config).contains(entry);
        Files.writeString(file, config.replace(entry, impossible));

        assertThatThrownBy(() -> TextBackbones.open(folder))
                .isInstanceOfAny(WeightsFileException.class, WeightsMismatchException.class)
                .hasMessageContainingAll(expected, found);
    }

    @Test
    void aBundlesSettingsAreBoundedBeforeItsTokeniserIsLookedAt() {
        Map<String, Object> settings = new LinkedHashMap<>(TransformerSettings.of(
                        TextBackbones.open(Fixtures.folder("bert")).architecture())
                .orElseThrow());
        settings.put("num_hidden_layers", 16_000_000);

        assertThatThrownBy(() -> new TransformerFamily()
                        .build(
                                "bert",
                                new NetworkFamily.Description(settings, Map.of("tokenizer.json", new byte[0])),
                                "a/config.json"))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContainingAll("a/config.json", "1 to 1024 as num_hidden_layers", "16000000");
    }

    @Test
    void aConfigOfMoreLayersThanTheWeightsHaveIsRefused() throws IOException {
        copy("bert");
        Path file = folder.resolve("config.json");
        Files.writeString(
                file, Files.readString(file).replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 900"));

        assertThatThrownBy(() -> TextBackbones.open(folder))
                .isInstanceOf(WeightsMismatchException.class)
                .hasMessageContainingAll("14405 tensors", "missing     encoder.layer.2.");
    }

    @Test
    void missingAndBrokenFilesAreNamed() throws IOException {
        assertThatThrownBy(() -> TextBackbones.open(folder.resolve("nowhere")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("nowhere");
        copy("bert");
        Files.move(folder.resolve("config.json"), folder.resolve("other.json"));
        assertThatThrownBy(() -> TextBackbones.open(folder))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("config.json");
        Files.move(folder.resolve("other.json"), folder.resolve("config.json"));
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": 1}");
        assertThatThrownBy(() -> TextBackbones.open(folder))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("tokenizer.json");
    }

    @Test
    void whatIsNoWeightsFileIsToldForWhatItIs() throws IOException {
        copy("bert");
        Path weights = folder.resolve("model.safetensors");

        Files.writeString(weights, "<!doctype html><html><body>Sign in</body></html>");
        assertThatThrownBy(() -> TextBackbones.open(folder))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("model.safetensors")
                .hasMessageContaining("HTML");
        Files.writeString(weights, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
        assertThatThrownBy(() -> TextBackbones.open(folder))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("LFS");
    }

    @Test
    void anIndexThatLeadsOutOfItsFolderIsRefused() throws IOException {
        copy("bert");
        Files.delete(folder.resolve("model.safetensors"));
        Files.writeString(
                folder.resolve("model.safetensors.index.json"),
                "{\"weight_map\": {\"embeddings.word_embeddings.weight\": \"../other.safetensors\"}}");

        assertThatThrownBy(() -> TextBackbones.open(folder))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("../other.safetensors");
    }

    @Test
    void anUnknownEmbeddedModelIsAnsweredWithTheKnown() {
        assertThatThrownBy(() -> TextBackbones.load("minilm"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("minilm-l6", "bge-small-zh");
    }

    private void copy(String family) throws IOException {
        for (String name : new String[] {"config.json", "tokenizer.json", "model.safetensors"}) {
            Files.copy(Fixtures.folder(family).resolve(name), folder.resolve(name));
        }
    }
}
