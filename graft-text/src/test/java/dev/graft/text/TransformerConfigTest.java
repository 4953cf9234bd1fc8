package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.backbone.Backbone;
import dev.graft.error.WeightsFileException;
import dev.graft.layer.TokenEmbedding;
import dev.graft.source.Backbones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the config of a published model says of its arithmetic. */
class TransformerConfigTest extends CopiedModels {
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

    private static TokenEmbedding table(Backbone backbone) {
        return (TokenEmbedding) backbone.architecture().stages().get(0).layers().get(0);
    }

    private static void change(Path model, UnaryOperator<String> change) throws IOException {
        Path config = model.resolve("config.json");
        Files.writeString(config, change.apply(Files.readString(config)));
    }
}
