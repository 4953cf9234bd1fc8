package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.WeightsMismatchException;
import dev.graft.source.Backbones;
import dev.graft.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tokenisers as they lie beside published models. */
class PublishedTokenizerTest extends CopiedModels {
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

    private static int[] ids(Path model, String text) {
        return TextBackbones.open(model)
                .architecture()
                .tokenization()
                .tokens(text)
                .ids();
    }
}
