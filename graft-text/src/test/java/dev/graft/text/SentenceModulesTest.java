package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.backbone.Backbone;
import dev.graft.error.GraftException;
import dev.graft.layer.SequencePool;
import dev.graft.source.Backbones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings that lie beside a published model: its pooling, its modules, its limit of tokens. */
class SentenceModulesTest extends CopiedModels {
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

    private static SequencePool pooling(Backbone backbone) {
        return (SequencePool) backbone.architecture().featureStages().stream()
                .flatMap(stage -> stage.layers().stream())
                .filter(SequencePool.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static int tokens(Path model) {
        return TextBackbones.open(model).architecture().tokenization().maxTokens();
    }
}
