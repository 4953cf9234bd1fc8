package dev.graft.text;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.graft.fuzzing.Hostile;
import dev.graft.fuzzing.Scratch;
import dev.graft.fuzzing.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The small files that lie beside a published model's weights. */
class ModelSettingsFuzzTest {
    private static final String POOLING = "{\"word_embedding_dimension\": 8, \"pooling_mode_cls_token\": true}";

    static Stream<byte[]> modulesSeeds() {
        return Seeds.texts("""
                [{"idx": 0, "path": "", "type": "sentence_transformers.models.Transformer"},
                 {"idx": 1, "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
                 {"idx": 2, "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}]
                """, "[{\"path\": \"../..\", \"type\": \"x.Pooling\"}, {\"type\": \"Dense\"}]", "{}");
    }

    @MethodSource("modulesSeeds")
    @FuzzTest
    void modules(byte[] content) throws IOException {
        Path directory = Scratch.file("modules/modules.json", content).resolveSibling("");
        Scratch.file(
                "modules/1_Pooling/config.json", Seeds.texts(POOLING).toList().get(0));
        Hostile.readOrRefuse(
                content.length, () -> new SentenceModules(directory, SentenceModules.transformer(directory)).pooling());
    }

    static Stream<byte[]> poolingSeeds() {
        return Seeds.texts(POOLING, "{\"pooling_mode\": [\"mean\", 1, {}]}", "{\"pooling_mode\": \"lasttoken\"}");
    }

    @MethodSource("poolingSeeds")
    @FuzzTest
    void pooling(byte[] content) throws IOException {
        Path folder = Scratch.file("pooled/1_Pooling/config.json", content)
                .resolveSibling("..")
                .normalize();
        Hostile.readOrRefuse(content.length, () -> new SentenceModules(folder, folder).pooling());
    }

    static Stream<byte[]> limitsSeeds() {
        return Seeds.texts(
                "{\"max_seq_length\": 256, \"do_lower_case\": false}",
                "{\"model_max_length\": 1000000000000000019884624838656, \"tokenizer_class\": \"BertTokenizer\"}",
                "{\"max_seq_length\": \"NaN\", \"model_max_length\": -1e400}");
    }

    @MethodSource("limitsSeeds")
    @FuzzTest
    void limits(byte[] content) throws IOException {
        Path directory =
                Scratch.file("limits/sentence_bert_config.json", content).resolveSibling("");
        Scratch.file("limits/tokenizer_config.json", content);
        Hostile.readOrRefuse(content.length, () -> new SentenceModules(directory, directory).maxTokens(512));
    }
}
