package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.backbone.Backbone;
import dev.graft.backbone.SequencePool;
import dev.graft.backbone.TokenEmbedding;
import dev.graft.bundle.Backbones;
import dev.graft.error.GraftException;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.error.WeightsMismatchException;
import dev.graft.tokenizer.Tokenizer;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.SafetensorsFile;
import dev.graft.weights.SafetensorsWriter;
import dev.graft.weights.WeightSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Directories as others publish models: each file in them is used, or said to be left out, or refused with a way out. */
class ModelDirectoryTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void tokensBeyondTheTableAreRefusedWithBothNumbers() {
        assertThatThrownBy(() -> Backbones.load(Fixtures.directory("bert_added").toString()))
                .isInstanceOf(WeightsMismatchException.class)
                .hasMessageContaining("bert_added")
                .hasMessageContaining("below 37")
                .hasMessageContaining("up to 39");
    }

    @Test
    void theTokeniserOfAnotherModelIsRefused() throws IOException {
        Path model = copy("bert_clspool");
        Files.copy(Fixtures.folder("bert").resolve("tokenizer.json"), replaced(model.resolve("tokenizer.json")));
        refused(model, "below 37", "up to 83");
    }

    @Test
    void theModelsOwnPoolingIsTakenUnlessAnotherIsNamed() {
        Path model = Fixtures.directory("bert_clspool");
        assertThat(pooling(TextBackbones.open(model))).isEqualTo(SequencePool.FIRST);
        assertThat(pooling(TextBackbones.open(model, SequencePool.MEAN, 20))).isEqualTo(SequencePool.MEAN);
        assertThat(pooling(TextBackbones.open(Fixtures.folder("bert")))).isEqualTo(SequencePool.MEAN);
        assertThat(pooling(TextBackbones.open(Fixtures.folder("gpt2")))).isEqualTo(SequencePool.LAST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"pooling_mode_cls_token\": true}; FIRST",
                "{\"pooling_mode_mean_tokens\": true, \"pooling_mode_cls_token\": false, \"include_prompt\": true}; MEAN",
                "{\"pooling_mode_lasttoken\": true}; LAST",
                "{\"pooling_mode\": \"lasttoken\"}; LAST",
                "{\"pooling_mode\": [\"cls\"]}; FIRST"
            })
    void everyPoolingThatIsBuiltIsRead(String config, SequencePool expected) throws IOException {
        Path model = copy("bert_clspool");
        Files.writeString(model.resolve("1_Pooling/config.json"), config);
        assertThat(pooling(TextBackbones.open(model))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"pooling_mode_max_tokens\": true}; max_tokens",
                "{\"pooling_mode_mean_sqrt_len_tokens\": true}; mean_sqrt_len_tokens",
                "{\"pooling_mode_weightedmean_tokens\": true}; weightedmean_tokens",
                "{\"pooling_mode_cls_token\": true, \"pooling_mode_mean_tokens\": true}; cls_token and mean_tokens",
                "{}; none of them",
                "[]; none of them",
                "{\"pooling_mode_cls_token\": 1}; true or false",
                "{; JSON"
            })
    void everyPoolingThatIsNotIsRefusedByName(String config, String named) throws IOException {
        Path model = copy("bert_clspool");
        Files.writeString(model.resolve("1_Pooling/config.json"), config);
        refused(model, "1_Pooling", named);
        assertThat(pooling(TextBackbones.open(model, SequencePool.MEAN, 20))).isEqualTo(SequencePool.MEAN);
    }

    @Test
    void modulesWithoutTheirFilesOrOutsideTheDirectoryAreRefused() throws IOException {
        Path model = copy("bert_clspool");
        Files.writeString(model.resolve("modules.json"), "[{\"path\": \"../1_Pooling\", \"type\": \"x.Pooling\"}]");
        refused(model, "modules.json", "../1_Pooling");
        Files.writeString(model.resolve("modules.json"), "[{\"path\": \"7_Pooling\", \"type\": \"x.Pooling\"}]");
        refused(model, "modules.json", "7_Pooling/config.json");
        Files.writeString(
                model.resolve("modules.json"),
                "[{\"path\": \"\", \"type\": \"a.Transformer\"}, {\"path\": \"2_Dense\", \"type\": \"a.Dense\"}]");
        assertThat(pooling(TextBackbones.open(model))).isEqualTo(SequencePool.MEAN);
    }

    @Test
    void aTransformerInAFolderOfItsOwnIsFoundThere() throws IOException {
        Path model = copy("bert_clspool");
        Path inner = Files.createDirectories(model.resolve("0_Transformer"));
        for (String file : List.of("config.json", "model.safetensors", "tokenizer.json")) {
            Files.move(model.resolve(file), inner.resolve(file));
        }
        Files.writeString(inner.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 16}");
        Path modules = model.resolve("modules.json");
        Files.writeString(
                modules, Files.readString(modules).replaceFirst("\"path\": \"\"", "\"path\": \"0_Transformer\""));

        Backbone backbone = Backbones.load(model.toString());
        assertThat(backbone.id()).isEqualTo("bert_clspool");
        assertThat(pooling(backbone)).isEqualTo(SequencePool.FIRST);
        assertThat(tokens(model)).isEqualTo(16);
        assertThat(backbone.weights().digest()).isEqualTo(digest("bert_clspool"));
        Files.writeString(
                modules, Files.readString(modules).replace("\"0_Transformer\"", "\"../bert_clspool/0_Transformer\""));
        refused(model, "no weights");
    }

    @Test
    void theModelsOwnLimitOfTokensIsTakenAndThePositionsAreAnUpperBound() throws IOException {
        Path model = copy("bert_clspool");
        assertThat(tokens(model)).isEqualTo(40);
        Files.writeString(model.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 16}");
        assertThat(tokens(model)).isEqualTo(16);
        Files.writeString(model.resolve("tokenizer_config.json"), "{\"model_max_length\": 12}");
        assertThat(tokens(model)).isEqualTo(12);
        Files.writeString(
                model.resolve("tokenizer_config.json"), "{\"model_max_length\": 1000000000000000019884624838656}");
        assertThat(tokens(model)).isEqualTo(16);
        Files.writeString(model.resolve("tokenizer_config.json"), "{\"model_max_length\": -1}");
        refused(model, "model_max_length", "-1");
        assertThatThrownBy(() -> TextBackbones.open(Fixtures.directory("bert_clspool"), SequencePool.MEAN, 41))
                .isInstanceOf(GraftException.class)
                .hasMessageContaining("at most 40 tokens");
    }

    @Test
    void settingsBesideTheTokeniserAreDone() throws IOException {
        Path model = copy("bert_clspool");
        assertThat(ids(model, "FILM")).isEqualTo(ids(model, "film"));
        Files.writeString(model.resolve("tokenizer_config.json"), "{\"do_lower_case\": false}");
        assertThat(ids(model, "FILM")).isNotEqualTo(ids(model, "film"));
        Files.writeString(model.resolve("sentence_bert_config.json"), "{\"do_lower_case\": true}");
        assertThat(ids(model, "FILM")).isEqualTo(ids(model, "film"));
        Files.writeString(model.resolve("tokenizer_config.json"), "{\"do_lower_case\": \"no\"}");
        refused(model, "do_lower_case", "true or false");
    }

    @Test
    void aVocabularyAloneGivesTheTokensOfTheReference() throws IOException {
        JsonNode reference;
        try (InputStream in = getClass().getResourceAsStream("/directories/vocabulary-expected.json")) {
            reference = JsonMapper.shared().readTree(Objects.requireNonNull(in));
        }
        Path model = copy("bert_vocabtxt");
        for (JsonNode one : reference.get("expected")) {
            Files.writeString(
                    model.resolve("tokenizer_config.json"), one.get("settings").toString());
            Tokenizer tokenizer = PublishedTokenizer.read(model, TransformerConfig.Family.BERT, 200);
            for (int i = 0; i < reference.get("texts").size(); i++) {
                String text = reference.get("texts").get(i).asString();
                int[] expected = one.get("ids")
                        .get(i)
                        .valueStream()
                        .mapToInt(JsonNode::asInt)
                        .toArray();
                assertThat(tokenizer.tokens(text).ids())
                        .as(one.get("settings") + " " + text)
                        .isEqualTo(expected);
            }
        }
        assertThat(Backbones.load(Fixtures.directory("bert_vocabtxt").toString())
                        .architecture()
                        .tokenization()
                        .maxTokens())
                .isEqualTo(40);
    }

    @Test
    void aVocabularyOfAnotherKindOrWithoutItsMarksIsRefused() throws IOException {
        Path model = copy("bert_vocabtxt");
        Files.writeString(model.resolve("tokenizer_config.json"), "{\"tokenizer_class\": \"BertJapaneseTokenizer\"}");
        refused(model, "BertJapaneseTokenizer");
        Files.writeString(model.resolve("tokenizer_config.json"), "{\"do_basic_tokenize\": false}");
        refused(model, "do_basic_tokenize");
        Files.delete(model.resolve("tokenizer_config.json"));
        Files.writeString(model.resolve("added_tokens.json"), "{\"[NEW]\": 37}");
        refused(model, "added_tokens.json", "AutoTokenizer");
        Files.delete(model.resolve("added_tokens.json"));
        Files.writeString(model.resolve("vocab.txt"), "[PAD]\n[UNK]\nthe\n");
        refused(model, "vocab.txt", "[CLS]");
        Files.write(model.resolve("vocab.txt"), new byte[] {(byte) 0xC3, '\n'});
        refused(model, "vocab.txt", "UTF-8");
        Files.delete(model.resolve("vocab.txt"));
        refused(model, "tokenizer.json, or vocab.txt", "save_pretrained");
    }

    @Test
    void aPickleAloneIsExplainedWithHowToConvertIt() {
        refused(Fixtures.directory("bert_binonly"), "pytorch_model.bin", "pickle", "AutoModel", "save_pretrained");
    }

    @ParameterizedTest
    @CsvSource({
        "pytorch_model-00001-of-00002.bin, pickle",
        "pytorch_model.bin.index.json, pickle",
        "weights.pt, pickle",
        "last.ckpt, pickle",
        "model.ckpt.index, TensorFlow",
        "tf_model.h5, TensorFlow",
        "flax_model.msgpack, Flax",
        "model.q4.gguf, GGUF",
        "openvino_model.xml, OpenVINO"
    })
    void whatOtherProgramsWriteIsNamedWithTheWayOut(String file, String named) throws IOException {
        Path model = copy("bert_binonly");
        Files.move(model.resolve("pytorch_model.bin"), model.resolve(file));
        refused(model, file, named, "safetensors");
    }

    @Test
    void anAdapterIsNamedWithItsBaseAndHowToMergeIt() throws IOException {
        Path adapter = Files.createDirectories(folder.resolve("adapter"));
        Files.writeString(
                adapter.resolve("adapter_config.json"),
                "{\"peft_type\": \"LORA\", \"base_model_name_or_path\": \"owner/base\"}");
        Files.write(adapter.resolve("adapter_model.safetensors"), new byte[10]);
        refused(adapter, "PEFT", "LORA", "owner/base", "merge_and_unload");
    }

    @Test
    void anEmptyDirectoryOfAModelSaysWhatIsMissing() throws IOException {
        Path model = copy("bert_binonly");
        Files.delete(model.resolve("pytorch_model.bin"));
        refused(model, "no weights", "config.json, tokenizer.json", "model.safetensors");
    }

    @Test
    void weightsUnderAnotherNameAreTakenIfTheyAreTheOnlyOnes() throws IOException {
        Path model = copy("bert_clspool");
        Files.move(model.resolve("model.safetensors"), model.resolve("pretrained.safetensors"));
        assertThat(TextBackbones.open(model).weights().digest()).isEqualTo(digest("bert_clspool"));
        Files.copy(model.resolve("pretrained.safetensors"), model.resolve("other.safetensors"));
        refused(model, "no weights");
    }

    @Test
    void aConfigWithoutItsKindIsRecognisedByTheTensors() throws IOException {
        Backbone backbone = Backbones.load(Fixtures.directory("cfg_nomodeltype").toString());
        assertThat(backbone.weights().digest()).isEqualTo(digest("bert_clspool"));
        assertThat(table(backbone).firstPosition()).isZero();
        for (String family : List.of("bert", "roberta", "distilbert", "gpt2")) {
            Path model = copyOf(Fixtures.folder(family), family);
            change(model, json -> json.replace("\"model_type\"", "\"was_model_type\""));
            assertThat(TextBackbones.open(model).architecture().stages())
                    .isEqualTo(TextBackbones.open(Fixtures.folder(family))
                            .architecture()
                            .stages());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "module.",
                "model.",
                "encoder.",
                "0.auto_model.",
                "module.bert.",
                "_orig_mod.",
                "base_model.model.bert."
            })
    void prefixesOfTensorsAreLeftOut(String prefix) throws IOException {
        Path model = copy("bert_clspool");
        rename(model.resolve("model.safetensors"), name -> prefix + name);
        assertThat(TextBackbones.open(model).weights().digest()).isEqualTo(digest("bert_clspool"));
    }

    @Test
    void aPaddingThatIsNullOrNotSaidIsTheFamilysOwn() throws IOException {
        for (String padding : List.of("\"pad_token_id\": null,", "")) {
            Path model = copyOf(Fixtures.folder("roberta"), "padding" + padding.length());
            change(model, json -> json.replace("\"pad_token_id\": 1,", padding));
            assertThat(table(TextBackbones.open(model)).firstPosition()).isEqualTo(2);
        }
        Path model = copyOf(Fixtures.folder("roberta"), "wrong");
        change(model, json -> json.replace("\"pad_token_id\": 1,", "\"pad_token_id\": -5,"));
        refused(model, "pad_token_id", "-5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "position_embedding_type; \"relative_key\"",
                "is_decoder; true",
                "hidden_act; \"mish\"",
                "num_hidden_layers; 1000000",
                "num_hidden_layers; 2.5",
                "num_hidden_layers; \"2\"",
                "num_attention_heads; 3",
                "layer_norm_eps; 0",
                "layer_norm_eps; \"small\"",
                "hidden_dropout_prob; 1",
                "pruned_heads; {\"0\": [1]}",
                "quantization_config; {\"bits\": 4}",
                "auto_map; {\"AutoModel\": \"code.Model\"}",
                "vocab_size; -37",
                "max_position_embeddings; 99999999999"
            })
    void whatChangesTheArithmeticAndIsNotBuiltIsRefused(String key, String value) throws IOException {
        Path model = copy("bert_clspool");
        change(model, json -> json.replaceFirst("\"" + key + "\": [^,}]*", "\"was\": 0")
                .replaceFirst("\\}$", ", \"" + key + "\": " + value.replace("\\", "\\\\") + "}"));
        assertThatThrownBy(() -> TextBackbones.open(model))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(key.equals("auto_map") ? "code.Model" : key);
    }

    private static SequencePool pooling(Backbone backbone) {
        return (SequencePool) backbone.architecture().featureStages().stream()
                .flatMap(stage -> stage.layers().stream())
                .filter(SequencePool.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static TokenEmbedding table(Backbone backbone) {
        return (TokenEmbedding) backbone.architecture().stages().get(0).layers().get(0);
    }

    private static int tokens(Path model) {
        return TextBackbones.open(model).architecture().tokenization().maxTokens();
    }

    private static int[] ids(Path model, String text) {
        return TextBackbones.open(model)
                .architecture()
                .tokenization()
                .tokens(text)
                .ids();
    }

    private static String digest(String name) {
        return TextBackbones.open(Fixtures.directory(name)).weights().digest();
    }

    private static void refused(Path model, String... parts) {
        assertThatThrownBy(() -> Backbones.load(model.toString()))
                .isInstanceOfAny(WeightsFileException.class, WeightsMismatchException.class, StorageException.class)
                .hasMessageContainingAll(parts);
    }

    private static void rename(Path file, UnaryOperator<String> name) throws IOException {
        Map<String, FloatTensor> renamed = new LinkedHashMap<>();
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            read.readAll().asMap().forEach((tensor, values) -> renamed.put(name.apply(tensor), values));
        }
        SafetensorsWriter.write(replaced(file), WeightSet.of(renamed), Map.of());
    }

    private static void change(Path model, UnaryOperator<String> change) throws IOException {
        Path config = model.resolve("config.json");
        Files.writeString(config, change.apply(Files.readString(config)));
    }

    private Path copy(String name) throws IOException {
        return copyOf(Fixtures.directory(name), name);
    }

    private Path copyOf(Path from, String name) throws IOException {
        Path to = folder.resolve(name);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.copy(file, target);
            }
        }
        return to;
    }

    private static Path replaced(Path file) throws IOException {
        Files.delete(file);
        return file;
    }
}
