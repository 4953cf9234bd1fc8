package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.export.OnnxExport;
import dev.graft.feature.Cut;
import dev.graft.head.Head;
import dev.graft.layer.Layer;
import dev.graft.model.Lineage;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.weights.WeightSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An exported directory used as a program without Graft uses it: the tokeniser of another library with no settings of its own,
 * ONNX Runtime, and {@code preparation.json}. The probabilities are Graft's to 1e-5, cut texts and empty ones too.
 */
class ForeignTextExportIT {
    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void anEmbeddedModelWithALimitOfItsOwnCutsWhereGraftDoes() throws IOException, OrtException {
        assertSameElsewhere(TextBackbones.load("minilm-l6", 8), rows());
        assertThat(preparation().path("max_tokens").asInt()).isEqualTo(8);
        assertThat(preparation().has("empty_text")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert", "distilbert", "roberta", "gpt2"})
    void everyFamilyCutsAndPadsThereToo(String family) throws IOException, OrtException {
        Backbone opened = TextBackbones.open(Fixtures.folder(family));
        List<String> texts = new ArrayList<>(Fixtures.TEXTS);
        texts.addAll(List.of("", "FILM", "good ".repeat(300)));
        for (int most : new int[] {5, 40}) {
            assertSameElsewhere(
                    new Backbone(opened.architecture().withMaxTokens(most), opened.weights(), opened.card()), texts);
        }
        assertThat(preparation().has("empty_text")).isEqualTo(family.equals("gpt2"));
    }

    @Test
    void settingsThatWereBesideTheTokeniserAreInIt() throws IOException, OrtException {
        Path model = folder.resolve("model");
        Files.createDirectories(model);
        for (String file : List.of("config.json", "model.safetensors", "vocab.txt")) {
            Files.copy(Fixtures.directory("bert_vocabtxt").resolve(file), model.resolve(file));
        }
        Files.writeString(model.resolve("tokenizer_config.json"), "{\"do_lower_case\": false}");
        assertSameElsewhere(TextBackbones.open(model), List.of("the film", "THE FILM", "a café naïve web", ""));
    }

    private void assertSameElsewhere(Backbone backbone, List<String> texts) throws IOException, OrtException {
        TransferModel model = model(backbone);
        Path out = folder.resolve("out");
        OnnxExport.write(out, model, true);
        float[][] expected;
        try (Classifier classifier = new Classifier(model)) {
            expected = classifier.probabilitiesOfTexts(texts);
        }
        float[][] found = elsewhere(out, texts);
        for (int i = 0; i < texts.size(); i++) {
            for (int k = 0; k < expected[i].length; k++) {
                assertThat(found[i][k]).as("text " + i).isCloseTo(expected[i][k], within(1e-5f));
            }
        }
    }

    private JsonNode preparation() throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readAllBytes(folder.resolve("out/preparation.json")))
                .path("inputs")
                .get(0);
    }

    /** All that such a program knows lies in the directory. */
    private static float[][] elsewhere(Path directory, List<String> texts) throws IOException, OrtException {
        JsonNode input = JsonMapper.shared()
                .readTree(Files.readAllBytes(directory.resolve("preparation.json")))
                .path("inputs")
                .get(0);
        assertThat(input.path("kind").asString()).isEqualTo("tokens");
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                        directory.resolve(input.path("tokenizer").asString()));
                OrtSession session = ENVIRONMENT.createSession(
                        directory.resolve("model.onnx").toString())) {
            List<long[]> ids = new ArrayList<>();
            List<long[]> masks = new ArrayList<>();
            for (Encoding encoding : tokenizer.batchEncode(texts)) {
                ids.add(encoding.getIds());
                masks.add(encoding.getAttentionMask());
            }
            int longest = ids.stream().mapToInt(one -> one.length).max().orElseThrow();
            assertThat(longest).isLessThanOrEqualTo(input.path("max_tokens").asInt());
            long[] numbers = new long[texts.size() * longest];
            long[] mask = new long[numbers.length];
            for (int i = 0; i < texts.size(); i++) {
                assertThat(ids.get(i)).as("padded to the longest").hasSize(longest);
                System.arraycopy(ids.get(i), 0, numbers, i * longest, longest);
                System.arraycopy(masks.get(i), 0, mask, i * longest, longest);
                if (mask[i * longest] == 0) {
                    numbers[i * longest] = input.path("empty_text").get(0).asLong();
                    mask[i * longest] = 1;
                }
            }
            long[] shape = {texts.size(), longest};
            try (OnnxTensor first = OnnxTensor.createTensor(ENVIRONMENT, LongBuffer.wrap(numbers), shape);
                    OnnxTensor second = OnnxTensor.createTensor(ENVIRONMENT, LongBuffer.wrap(mask), shape);
                    OrtSession.Result result = session.run(Map.of(
                            input.path("input").asString(),
                            first,
                            input.path("mask").asString(),
                            second))) {
                return (float[][]) result.get("probabilities").orElseThrow().getValue();
            }
        }
    }

    /** The texts of a small table, some longer than eight tokens. */
    private static List<String> rows() throws IOException {
        try (InputStream in = ForeignTextExportIT.class.getResourceAsStream("/export/tr.csv")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.substring(0, line.lastIndexOf(',')))
                    .toList();
        }
    }

    private static TransferModel model(Backbone backbone) {
        Architecture architecture = backbone.architecture();
        Cut cut = Cut.at("pooled");
        List<Layer> layers = new Head.Classifier(0).layers(cut.features(architecture), 2);
        WeightSet weights = architecture
                .weightInitialization()
                .initialize(
                        layers.stream()
                                .flatMap(layer -> layer.parameters().stream())
                                .toList(),
                        3)
                .plus(backbone.weights());
        return new TransferModel(
                architecture,
                cut,
                "linear",
                layers,
                List.of("n", "p"),
                weights,
                new Lineage(architecture.id(), "file", "ab12", "feature-extraction", "texts", "cd34", 30, 7, "0.1.0"));
    }
}
